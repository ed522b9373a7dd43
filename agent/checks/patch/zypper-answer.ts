/** What is common to zypper's answers: exit codes, complaints, XML elements, tables. Pure. Source: zypper(8), zypper 1.14 recorded. */
import type { Failure } from '../../../shared/reading.ts'
import { linesOf } from './lines.ts'

/** 100 updates, 101 security updates, 102 restart, 103 restart of zypper: all of them are answers. */
const ANSWERS: ReadonlySet<number | null> = new Set([0, 100, 101, 102, 103])
/** 6 no repositories, 7 locked, 106 some repositories were left out. */
const CODES: { readonly [exitCode: number]: Failure['code'] } = { 6: 'empty', 7: 'locked', 106: 'exit' }

/** Why there is no answer; null: there is one. `partial`: 106, so what is listed stands, and what is not listed proves nothing. */
export function zypperFailure(text: string, stderr: string, exitCode: number | null): Failure | null {
  const said = complaint(`${text}\n${stderr}`)
  if (said !== null) return said
  if (ANSWERS.has(exitCode)) return null
  const code = exitCode === null ? 'exit' : (CODES[exitCode] ?? 'exit')
  return { code, detail: `zypper ended with ${exitCode ?? 'a signal'}: ${(stderr || text).trim().slice(0, 200)}` }
}

function complaint(text: string): Failure | null {
  const locked = /System management is locked[^\n]{0,120}/.exec(text)
  if (locked !== null) return { code: 'locked', detail: locked[0] }
  const none = /No repositories defined|no-update-repositories|Warning: No repositories/i.exec(text)
  if (none !== null) return { code: 'empty', detail: 'zypper has no repositories here' }
  const error =
    /<message type="error">([^<]{0,200})|Some of the repositories have not been refreshed|Skipping repository[^\n]{0,120}|Root privileges are required[^\n]{0,80}/.exec(
      text,
    )
  return error === null ? null : { code: 'exit', detail: `zypper: ${error[1] ?? error[0]}`.slice(0, 300) }
}

/** Attributes of each `<update …>` element. zypper escapes `<` and `>` in values. */
export function updateElements(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .split('<update ')
    .slice(1)
    .map((rest) => {
      const end = rest.indexOf('>')
      const head = rest.slice(0, Math.min(end === -1 ? 0 : end, 4_096))
      const next = rest.slice(0, 65_536)
      const issue = /<issue-date time_t="(\d{1,12})"/.exec(next)?.[1]
      const pairs = [...head.matchAll(/([a-z-]{1,40})="([^"]*)"/g)].map(
        ([, key = '', value = '']): [string, string] => [key, value],
      )
      return new Map(issue === undefined ? pairs : [...pairs, ['issued', issue]])
    })
}

/** The document is whole: its last element is closed, and it holds an answer. */
export function isWholeStream(text: string): boolean {
  const end = text.lastIndexOf('</stream>')
  const isAnswer = /<update-status\b/.test(text) && /<\/update-status>|<update-status\b[^>]*\/>/.test(text)
  const opened = text.split('<update ').length
  const lists = text.split(/<(?:blocked-)?update-list\b/).length
  return (
    end !== -1 &&
    isAnswer &&
    opened === text.split('</update>').length &&
    lists === text.split(/<\/(?:blocked-)?update-list>/).length &&
    text.indexOf('<stream') === text.lastIndexOf('<stream')
  )
}

/** `list-patches --all` of a distribution with ten years of patches has some 12,000 rows. */
const MOST_ROWS = 60_000

/** A table of zypper: the cells of its heading and of its rows, which are separated by `|` in every language. */
export type Table = {
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly rest: readonly string[]
}

/**
 * null: no table, or two of different columns. Rows with fewer cells than the heading are kept as they are. Updates of zypper itself
 * stand in a table of their own, before that of all others (zypper 1.13). `rest`: the lines after the first table that are in none.
 */
export function parseTable(text: string): Table | null {
  const split = linesOf(text, MOST_ROWS)
  const lines = split.ok ? split.value : []
  const rules = lines.flatMap((line, at) => (at > 0 && /^-+(?:\+-+)+ *$/.test(line) ? [at] : []))
  const heading = cells(lines[(rules[0] ?? 0) - 1] ?? '')
  const isOne = rules.every((rule) => cells(lines[rule - 1] ?? '').join('|') === heading.join('|'))
  if (rules.length === 0 || heading.length < 2 || !isOne) return null
  const rows: (readonly string[])[] = []
  const rest: string[] = []
  let from = rules[0] ?? 0
  for (const rule of [...rules.slice(1), lines.length + 1]) {
    let at = from + 1
    for (; at < rule - 1 && (lines[at] ?? '').includes(' | '); at++) rows.push(cells(lines[at] ?? '', heading.length))
    rest.push(...lines.slice(at, rule - 1).filter((line) => line.trim() !== ''))
    from = rule
  }
  return { heading, rows, rest }
}

/** The last cell (a summary) may itself hold a bar. */
function cells(line: string, most = 64): readonly string[] {
  const all = line.split('|', 64)
  const kept = all.length > most ? [...all.slice(0, most - 1), all.slice(most - 1).join('|')] : all
  return kept.map((cell) => cell.trim())
}
