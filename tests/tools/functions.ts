/**
 * Finds the functions of a file and how many lines each takes, nested ones included in their outer one. Pure.
 *
 * A heuristic over tokens: `function` declarations and expressions, methods, accessors, and arrows with a braced or a
 * parenthesised body. It may miss exotic forms; it does not depend on formatting.
 */
import { codeTokens, type Token } from './tokenize.ts'

/** One function: its name ("(anonymous)" when it has none) and its first and last line, counted from 1. */
export interface FoundFunction {
  readonly name: string
  readonly line: number
  readonly lines: number
}

const OPEN = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
])
const CLOSE = new Set(OPEN.values())
const NOT_METHODS = new Set(
  'if for while switch catch with return typeof await yield new function throw in of do else case'.split(' '),
)
/** After one of these a brace inside a type opens a type literal and not the function's body. */
const TYPE_CONTINUES = new Set([':', '|', '&', '=>', '<', ',', '(', '?', 'extends', 'is', 'keyof', 'infer', '['])

/** For each bracket the index of its partner; -1 where there is none. A template's pieces count as its braces. */
function matchBrackets(tokens: readonly Token[]): number[] {
  const partner = tokens.map(() => -1)
  const open: number[] = []
  const opens = (token: Token) =>
    token.kind === 'template' ? token.text.endsWith('${') : token.kind === 'punct' && OPEN.has(token.text)
  const closes = (token: Token) =>
    token.kind === 'template' ? token.text.startsWith('}') : token.kind === 'punct' && CLOSE.has(token.text)
  tokens.forEach((token, index) => {
    if (closes(token)) {
      const from = open.pop()
      if (from !== undefined) {
        if (partner[from] === -1) partner[from] = index
        if (partner[index] === -1) partner[index] = from
      }
    }
    if (opens(token)) open.push(index)
  })
  return partner
}

class Finder {
  readonly found: FoundFunction[] = []
  private readonly tokens: readonly Token[]
  private readonly partner: readonly number[]

  constructor(text: string) {
    this.tokens = codeTokens(text)
    this.partner = matchBrackets(this.tokens)
  }

  find(): FoundFunction[] {
    this.tokens.forEach((token, index) => {
      if (token.kind === 'word' && token.text === 'function') this.afterKeyword(index)
      else if (token.text === '=>' && token.kind === 'punct') this.arrow(index)
      else if (token.text === '(' && token.kind === 'punct') this.method(index)
    })
    return this.found
  }

  private text(index: number): string {
    return this.tokens[index]?.text ?? ''
  }

  private add(name: string, from: number, to: number): void {
    const first = this.tokens[from]
    const last = this.tokens[to]
    if (first && last) this.found.push({ name, line: first.line, lines: last.endLine - first.line + 1 })
  }

  private afterKeyword(index: number): void {
    let at = index + 1
    if (this.text(at) === '*') at++
    const name = this.tokens[at]?.kind === 'word' ? this.text(at) : '(anonymous)'
    while (at < this.tokens.length && this.text(at) !== '(') at++
    const body = this.bodyAfter(this.partner[at] ?? -1)
    if (body !== -1) this.add(name, index, this.partner[body] ?? -1)
  }

  private method(open: number): void {
    const name = this.tokens[open - 1]
    const isName = name?.kind === 'word' || name?.kind === 'string' || name?.text === ']'
    if (!isName || NOT_METHODS.has(name.text) || ['function', '*', '.', '?.'].includes(this.text(open - 2))) {
      // `async *name(` is a method all the same; `function* name(` was taken by its keyword.
      if (!isName || this.text(open - 2) !== '*' || this.text(open - 3) === 'function') return
    }
    const body = this.bodyAfter(this.partner[open] ?? -1)
    if (body !== -1) this.add(name.text, open - 1, this.partner[body] ?? -1)
  }

  private arrow(index: number): void {
    const opener = this.text(index + 1)
    if (opener !== '{' && opener !== '(') return
    const { name, from } = this.arrowStart(index)
    this.add(name, from, this.partner[index + 1] ?? -1)
  }

  /** Where an arrow function starts and the name it is bound to, as in `const name = async (a): T => {`. */
  private arrowStart(index: number): { name: string; from: number } {
    let from = index - 1
    const limit = Math.max(0, index - 200)
    while (from > limit && this.text(from) !== ')' && !['=', ',', ';', '{', '=>'].includes(this.text(from - 1))) from--
    if (this.text(from) === ')') from = this.partner[from] ?? from
    if (this.text(from - 1) === 'async') from--
    const bound = this.text(from - 1) === '=' || this.text(from - 1) === ':'
    const name = this.tokens[from - 2]
    return bound && name?.kind === 'word' ? { name: name.text, from: from - 2 } : { name: '(anonymous)', from }
  }

  /** The index of the `{` of a body after the closing parenthesis at `close`, past a return type; -1 when none. */
  private bodyAfter(close: number): number {
    if (close === -1) return -1
    if (this.text(close + 1) === '{') return close + 1
    if (this.text(close + 1) !== ':') return -1
    for (let at = close + 2; at < Math.min(this.tokens.length, close + 400); at++) {
      const text = this.text(at)
      if (text === '{' && !TYPE_CONTINUES.has(this.text(at - 1))) return at
      if ([';', '=', ')', ']', '}'].includes(text)) return -1
      if (OPEN.has(text)) {
        const end = this.partner[at] ?? -1
        if (end < at) return -1
        at = end
      } else if (this.isNewStatement(at)) return -1
    }
    return -1
  }

  /** A word on a new line after a finished type starts something else (interface members have no body). */
  private isNewStatement(at: number): boolean {
    const before = this.tokens[at - 1]
    const here = this.tokens[at]
    if (!before || !here || here.line === before.endLine || here.kind !== 'word') return false
    return before.kind === 'word' || before.kind === 'string' || ['>', ']', ')', '}'].includes(before.text)
  }
}

/** Every function of `text` in order of its opening; empty for text that is no code. */
export function findFunctions(text: string): readonly FoundFunction[] {
  return new Finder(text).find()
}
