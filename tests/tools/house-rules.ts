/**
 * The house rules that a machine can check, each a pure function from one file to the lines that break it.
 * tests/contract/house.test.ts applies them to the tree and tests each with planted violations.
 */
import { findFunctions } from './functions.ts'
import type { SourceFile } from './source-files.ts'
import { codeTokens, type Token, tokenize } from './tokenize.ts'

/** A rule: the complaints about one file, empty when there are none. */
export type HouseRule = (file: SourceFile) => readonly string[]

const MAX_LINES = 300
const MAX_FUNCTION_LINES = 40
const MAX_COMPONENT_LINES = 60
/** The one place of the dashboard that may name a colour. */
const TOKENS_FILE = 'dashboard/src/theme/tokens.css'

const lineCount = (text: string) => text.replace(/\n$/, '').split('\n').length
const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length

/** At most 300 lines in code and style sheets. */
export const findLongFile: HouseRule = ({ path, text }) => {
  const lines = lineCount(text)
  const isCounted = /\.(?:ts|tsx|mjs|css)$/.test(path)
  return isCounted && lines > MAX_LINES ? [`${path} has ${lines} lines; at most ${MAX_LINES}`] : []
}

/** At most 40 lines a function, 60 a component (a capital letter in a .tsx file); catalogues and tests are exempt. */
export const findLongFunctions: HouseRule = ({ path, text }) => {
  if (!/\.(?:ts|tsx|mjs)$/.test(path) || /^shared\/text\/[^/]+\/|\.test\.tsx?$/.test(path)) return []
  return findFunctions(text).flatMap(({ name, line, lines }) => {
    const most = path.endsWith('.tsx') && /^[A-Z]/.test(name) ? MAX_COMPONENT_LINES : MAX_FUNCTION_LINES
    return lines > most ? [`${path}:${line} ${name} has ${lines} lines; at most ${most}`] : []
  })
}

/** Each file of code starts with a comment that says what it is. */
export const findMissingHeader: HouseRule = ({ path, text }) => {
  if (!/\.(?:ts|tsx|mjs|css)$/.test(path)) return []
  const start = text.replace(/^#![^\n]*\n/, '').trimStart()
  return /^(?:\/\*|\/\/)/.test(start) ? [] : [`${path} has no comment at its top that says what it is`]
}

const DECLARES = new Set(['function', 'const', 'let', 'var', 'class', 'interface', 'type', 'async', 'abstract'])

/** The name that `export` at `at` declares; null for `export { … }`, `export * from` and the like. */
function declaredName(tokens: readonly Token[], at: number): string | null {
  if (!DECLARES.has(tokens[at + 1]?.text ?? '')) return null
  if (tokens[at + 1]?.text === 'type' && ['{', '*'].includes(tokens[at + 2]?.text ?? '')) return null
  const rest = tokens.slice(at + 1, at + 6).filter((token) => token.text !== '*' && token.kind !== 'comment')
  return rest.find((token) => !DECLARES.has(token.text) && token.kind === 'word')?.text ?? null
}

/** `export type X = Static<typeof Y>` and `= (typeof LIST)[number]` say nothing that the documented value does not. */
function isDerivedType(tokens: readonly Token[], at: number): boolean {
  if (tokens[at + 1]?.text !== 'type') return false
  const after = tokens.slice(at + 4, at + 7).map((token) => token.text)
  return (after[0] === 'Static' && after[2] === 'typeof') || (after[0] === '(' && after[1] === 'typeof')
}

/** Each exported declaration of agent, server and shared has a doc comment of its own; overloads share one. */
export const findUndocumentedExports: HouseRule = ({ path, text }) => {
  if (!/^(?:agent|server|shared)\/.*\.tsx?$/.test(path)) return []
  const tokens = tokenize(text)
  const documented = new Set<string>()
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || token.text !== 'export' || tokens[at - 1]?.text === '.') return []
    const name = declaredName(tokens, at)
    if (name === null || documented.has(name) || isDerivedType(tokens, at)) return []
    const before = tokens[at - 1]
    if (before?.kind === 'comment' && before.text.startsWith('/**')) documented.add(name)
    return documented.has(name) ? [] : [`${path}:${token.line} export ${name} has no doc comment`]
  })
}

/** Named exports only; a tool that wants a default export of its settings file gets one. */
export const findDefaultExports: HouseRule = ({ path, text }) => {
  if (!/\.(?:ts|tsx|mjs)$/.test(path) || /^[^/]+\.config\.ts$/.test(path)) return []
  const tokens = codeTokens(text)
  const found = tokens.find((token, at) => token.text === 'export' && tokens[at + 1]?.text === 'default')
  return found ? [`${path}:${found.line} has a default export; named exports only`] : []
}

const FORBIDDEN = /^(?:utils?|helpers?|types?|common|misc)$/
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const CAPITALS = new Set(['README.md', 'LICENSE', 'CHANGELOG.md', 'SOURCE.md'])

/** kebab-case names that say something; a "utils" is where things go that nobody will find again. */
export const findBadNames: HouseRule = ({ path }) => {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const vague = parts.find((part) => FORBIDDEN.test(part.split('.')[0] ?? ''))
  if (vague !== undefined) return [`${path}: the name ${vague} says nothing; name what is in it`]
  if (CAPITALS.has(name) || name.startsWith('.') || KEBAB.test(name)) return []
  return [`${path}: ${name} is not kebab-case`]
}

// In pieces, so that this file does not break its own rule.
const LATER = new RegExp(`\\b(?:${['TO'.concat('DO'), 'FIX'.concat('ME'), 'X'.repeat(3)].join('|')})\\b`)

/** No marks of unfinished work, in any text file. */
export const findLaterMarks: HouseRule = ({ path, text }) =>
  text.split('\n').flatMap((line, at) => {
    const mark = LATER.exec(line)?.[0]
    return mark === undefined ? [] : [`${path}:${at + 1} says ${mark}: do it, or open an issue`]
  })

const SKIPS = new Set(['only', 'skip', 'skipIf', 'runIf', 'todo', 'fails'])
const RUNNERS = new Set(['it', 'test', 'describe', 'suite', 'bench', 'context', 'ctx', 'task', 'each', 'concurrent'])

/** No test is skipped or singled out, save loudly through tests/support/loud-skip.ts. */
export const findSkippedTests: HouseRule = ({ path, text }) => {
  if (!/^tests\/.*\.tsx?$/.test(path) || path === 'tests/support/loud-skip.ts') return []
  const tokens = codeTokens(text)
  return tokens.flatMap((token, at) => {
    const isSkip = token.kind === 'word' && SKIPS.has(token.text) && tokens[at - 1]?.text === '.'
    return isSkip && RUNNERS.has(tokens[at - 2]?.text ?? '')
      ? [`${path}:${token.line} uses .${token.text}: skip loudly with describeUnless (tests/support/loud-skip.ts)`]
      : []
  })
}

const HEX = /#(?:[\da-fA-F]{8}|[\da-fA-F]{6}|[\da-fA-F]{3,4})(?![\w-])/
const COLOUR_CALL = /\b(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch|color)\((?!\s*from\s+var)/
const NAMED =
  /(?:color|background|border[\w-]*|fill|stroke|outline|shadow)\s*:[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|pink|brown)\b/

/** The dashboard names colours in its tokens file only, so that light, dark and print stay one decision each. */
export const findColours: HouseRule = ({ path, text }) => {
  if (!/^dashboard\/.*\.(?:css|tsx?|html)$/.test(path) || path === TOKENS_FILE) return []
  const bare = text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  const patterns = path.endsWith('.css') ? [HEX, COLOUR_CALL, NAMED] : [HEX, COLOUR_CALL]
  const pieces = /\.tsx?$/.test(path)
    ? codeTokens(text).filter(({ kind }) => kind === 'string' || kind === 'template')
    : [{ text: bare, line: 1 }]
  return pieces.flatMap((piece) =>
    patterns.flatMap((pattern) => {
      const found = pattern.exec(piece.text)
      if (found === null) return []
      const line = piece.line + lineAt(piece.text, found.index) - 1
      return [`${path}:${line} names a colour (${found[0].trim()}); use a token of ${TOKENS_FILE}`]
    }),
  )
}
