/**
 * Reads the imports out of source files and resolves the relative ones to files of the project. Pure.
 */
import { isBuiltin } from 'node:module'
import path from 'node:path'
import type { SourceFile } from './source-files.ts'
import { codeTokens, type Token } from './tokenize.ts'

/** What an import leads to. `name` is "node:fs", or a package with its subpath ("typebox/compile"), or a path. */
export interface Target {
  readonly kind: 'node' | 'package' | 'file' | 'unresolved'
  readonly name: string
}

/**
 * One import of one file. `typeOnly`: nothing is loaded at run time. `starts`: the file is named as
 * `new URL('./x.ts', import.meta.url)`, to run in a process or thread of its own.
 */
export interface Edge {
  readonly from: string
  readonly line: number
  readonly target: Target
  readonly typeOnly: boolean
  readonly starts: boolean
}

const isWord = (token: Token | undefined, text: string) => token?.kind === 'word' && token.text === text
const unquote = (token: Token) => token.text.slice(1, -1)

/** True for `import type …`/`export type …`, and for `{ type A, type B }` where every name is a type. */
function isTypeOnly(clause: readonly Token[]): boolean {
  if (isWord(clause[0], 'type') && clause[1]?.text !== ',' && !isWord(clause[1], 'from')) return true
  const open = clause.findIndex((token) => token.text === '{')
  if (open !== 0) return false
  const names = clause.slice(1).filter((_, at, all) => at === 0 || all[at - 1]?.text === ',')
  const real = names.filter((token) => token.text !== '}')
  return real.length > 0 && real.every((token) => isWord(token, 'type'))
}

interface Specifier {
  readonly name: string
  readonly line: number
  readonly typeOnly: boolean
  readonly starts: boolean
}

/** `import …from 'x'`, `export …from 'x'`, `import 'x'`; null when the word at `at` starts no such statement. */
function readStatement(tokens: readonly Token[], at: number): Specifier | null {
  const clause: Token[] = []
  for (let next = at + 1; next < Math.min(tokens.length, at + 400); next++) {
    const token = tokens[next]
    if (token === undefined || token.text === ';' || token.text === '=' || token.text === '(') return null
    if (token.kind === 'string') {
      const isBare = next === at + 1
      if (!isBare && !isWord(tokens[next - 1], 'from')) return null
      return { name: unquote(token), line: token.line, typeOnly: isTypeOnly(clause.slice(0, -1)), starts: false }
    }
    clause.push(token)
  }
  return null
}

/** `import('x')`, `require('x')`, `new Worker(new URL('x', import.meta.url))`; a type position counts as a type. */
function readCall(tokens: readonly Token[], at: number): Specifier | null {
  const [word, open, name, comma, meta] = tokens.slice(at, at + 5)
  if (open?.text !== '(' || name?.kind !== 'string') return null
  if (word?.text === 'URL') {
    const isModule = comma?.text === ',' && isWord(meta, 'import') && /\.(?:ts|tsx|mjs)$/.test(unquote(name))
    return isModule ? { name: unquote(name), line: name.line, typeOnly: false, starts: true } : null
  }
  if (tokens[at - 1]?.text === '.') return null
  const inType = [':', '<', '|', '&', 'extends', 'typeof'].includes(tokens[at - 1]?.text ?? '')
  return { name: unquote(name), line: name.line, typeOnly: inType, starts: false }
}

function readSpecifiers(text: string): readonly Specifier[] {
  const tokens = codeTokens(text)
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word') return []
    const found =
      token.text === 'import' || token.text === 'export'
        ? (readCall(tokens, at) ?? readStatement(tokens, at))
        : token.text === 'require' || token.text === 'URL'
          ? readCall(tokens, at)
          : null
    return found ? [found] : []
  })
}

function resolve(from: string, name: string, files: ReadonlySet<string>): Target {
  if (isBuiltin(name)) return { kind: 'node', name: name.startsWith('node:') ? name : `node:${name}` }
  if (!name.startsWith('.') && !name.startsWith('/')) return { kind: 'package', name }
  const file = path.posix.join(path.posix.dirname(from), name.replace(/\?.*$/, ''))
  return { kind: files.has(file) ? 'file' : 'unresolved', name: file }
}

/** "typebox" for "typebox/compile", "@preact/signals" for itself. */
export function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}

/**
 * Every import of `sources`, in order. `paths` are all files there are, so that an import of a file that is not read
 * (a style sheet) resolves too.
 */
export function readEdges(sources: readonly SourceFile[], paths: readonly string[]): readonly Edge[] {
  const known = new Set(paths)
  return sources.flatMap(({ path: from, text }) =>
    readSpecifiers(text).map(({ name, ...specifier }) => ({
      ...specifier,
      from,
      target: resolve(from, name, known),
    })),
  )
}
