/** The tokenizer and the function finder on the forms that fool regular expressions. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code with templates in them
import { describe, expect, it } from 'vitest'
import { findFunctions } from './functions.ts'
import { codeTokens, tokenize } from './tokenize.ts'

const kinds = (text: string) => tokenize(text).map((token) => `${token.kind}:${token.text}`)

describe('tokenize', () => {
  it.each<[name: string, text: string, want: string[]]>([
    ['line comment', 'a // b', ['word:a', 'comment:// b']],
    ['comment in a string', '"// no"', ['string:"// no"']],
    ['string in a comment', "/* it's */ a", ["comment:/* it's */", 'word:a']],
    ['division', 'a / b / c', ['word:a', 'punct:/', 'word:b', 'punct:/', 'word:c']],
    ['regular expression with a slash in a class', 'x = /[/"]/g', ['word:x', 'punct:=', 'regex:/[/"]/g']],
    ['regular expression after return', 'return /}/', ['word:return', 'regex:/}/']],
    ['template', '`a${b}c`', ['template:`a${', 'word:b', 'template:}c`']],
    ['template in a template', '`${`${x}`}`', ['template:`${', 'template:`${', 'word:x', 'template:}`', 'template:}`']],
    [
      'object in a template',
      '`${{ a: 1 }.a}`',
      ['template:`${', 'punct:{', 'word:a', 'punct::', 'number:1', 'punct:}', 'punct:.', 'word:a', 'template:}`'],
    ],
    ['number', '1_000.5e3 + .5', ['number:1_000.5e3', 'punct:+', 'number:.5']],
    ['private name', 'this.#a', ['word:this', 'punct:.', 'word:#a']],
    [
      'closing JSX tags',
      '<b>x</b>/y',
      ['punct:<', 'word:b', 'punct:>', 'word:x', 'punct:<', 'punct:/', 'word:b', 'punct:>', 'punct:/', 'word:y'],
    ],
    ['an apostrophe in JSX text', "it's {a}", ['word:it', "punct:'", 'word:s', 'punct:{', 'word:a', 'punct:}']],
    ['shebang', '#!/usr/bin/env node\na', ['comment:#!/usr/bin/env node', 'word:a']],
  ])('%s', (_name, text, want) => {
    expect(kinds(text)).toEqual(want)
  })

  it('counts lines across comments and templates', () => {
    const token = codeTokens('/* 1\n2 */\n`3\n4`\nlast').at(-1)
    expect([token?.text, token?.line]).toEqual(['last', 5])
  })
})

const BODY = '\n1\n2\n'

describe('findFunctions', () => {
  it.each<[name: string, text: string, want: [string, number][]]>([
    ['declaration', `export function a(x: { b: 1 }): { c: 2 } {${BODY}}`, [['a', 4]]],
    ['generator', `function* a() {${BODY}}`, [['a', 4]]],
    ['type guard', `function a(x: unknown): x is Foo {${BODY}}`, [['a', 4]]],
    ['generic return type', `async function a<T>(): Promise<Result<T, { code: 'x' }>> {${BODY}}`, [['a', 4]]],
    ['arrow', `const a = async (x: number): Promise<void> => {${BODY}}`, [['a', 4]]],
    ['arrow with one bare parameter', `const a = x => {${BODY}}`, [['a', 4]]],
    ['arrow with an expression', `const A = () => (\n<b>\n</b>\n)`, [['A', 4]]],
    ['callback', `list.map((x) => {${BODY}})`, [['(anonymous)', 4]]],
    ['method', `class A {\n  async run(x = {}): Promise<void> {${BODY}}\n}`, [['run', 4]]],
    ['generator method', `const o = { *evaluate({ a }, b) {${BODY}} }`, [['evaluate', 4]]],
    [
      'private method and getter',
      `class A { #p() {} get q() {${BODY}} }`,
      [
        ['#p', 1],
        ['q', 4],
      ],
    ],
    [
      'nested',
      `function a() {\n  const b = () => {${BODY}}\n}`,
      [
        ['a', 6],
        ['b', 4],
      ],
    ],
    ['signature over several lines', `function a(\n  x: number,\n) {${BODY}}`, [['a', 6]]],
    ['brace in a string, comment and regular expression', `function a() { '}' /* } */\n/}/.test(b) }`, [['a', 2]]],
    [
      'template with code',
      'function a() {\n `${b(() => {\n})}`\n}',
      [
        ['a', 4],
        ['(anonymous)', 2],
      ],
    ],
  ])('%s', (_name, text, want) => {
    expect(findFunctions(text).map(({ name, lines }) => [name, lines])).toEqual(want)
  })

  it.each([
    ['statements', 'if (a) {\n}\nfor (const b of c) {\n}\nwhile (d) {\n}\nswitch (e) {\n}\n'],
    ['interface', 'interface A {\n  b(x: 1): void\n  c: { d: 1 }\n}\n'],
    ['calls', 'run(a)\nrun(b).then(c)\n'],
    ['type of a function', 'type A = (x: { b: 1 }) => void\n'],
  ])('no function in %s', (_name, text) => {
    expect(findFunctions(text)).toEqual([])
  })
})
