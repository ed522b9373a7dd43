/**
 * What the pure rooms may not touch: clock, chance, process, timers, network, console. Pure.
 */
import type { SourceFile } from './source-files.ts'
import { codeTokens, type Token } from './tokenize.ts'

/** The pure rooms (design.md 5, notes/style.md 5.4), and the collectors, which must read the clock through the probe. */
const PURE: readonly RegExp[] = [
  /^shared\//,
  /^agent\/checks\/[^/]+\//,
  /^server\/(?:facts|rules|findings|policy)\//,
  /^server\/alerts\/(?:lifecycle|route)\.ts$/,
  /^server\/(?:metrics\/exposition|auth\/access|ingest\/session|visits\/compose)\.ts$/,
  /^server\/notify\/[^/]+\/render\.ts$/,
]

/** Globals that are never pure, by name, whatever is asked of them. */
const GLOBALS = new Set('process console fetch setTimeout setInterval setImmediate globalThis performance'.split(' '))
/** Members of globals that are otherwise fine. */
const MEMBERS = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'])

/** True for a file that must be pure. */
export function isPure(path: string): boolean {
  return PURE.some((room) => room.test(path))
}

/** The impure thing that starts at `at`, as text; null when there is none. A property of that name is none. */
function impurityAt(tokens: readonly Token[], at: number): string | null {
  const [word, after, member] = tokens.slice(at, at + 3)
  const before = tokens[at - 1]?.text
  if (word?.kind !== 'word' || before === '.' || before === '?.') return null
  const dotted = after?.text === '.' || after?.text === '?.' ? `${word.text}.${member?.text}` : null
  if (dotted !== null && MEMBERS.has(dotted)) return dotted
  if (word.text === 'Date') return impureDate(tokens, at)
  if (!GLOBALS.has(word.text)) return null
  const isUse = after !== undefined && ['.', '?.', '(', '['].includes(after.text)
  return isUse ? word.text : null
}

/** `new Date()`, `new Date` and `Date()` read the clock; `new Date(x)` and the type do not. */
function impureDate(tokens: readonly Token[], at: number): string | null {
  const isNew = tokens[at - 1]?.text === 'new'
  const isCall = tokens[at + 1]?.text === '('
  if (!isNew && !isCall) return null
  return isNew && isCall && tokens[at + 2]?.text !== ')' ? null : `${isNew ? 'new ' : ''}Date()`
}

/** Each impure thing in one file: where and what. */
export function findImpurities({ path, text }: SourceFile): readonly string[] {
  const tokens = codeTokens(text)
  return tokens.flatMap((token, at) => {
    const found = impurityAt(tokens, at)
    return found === null
      ? []
      : [`${path}:${token.line} uses ${found}: time and the world are arguments in a pure room`]
  })
}
