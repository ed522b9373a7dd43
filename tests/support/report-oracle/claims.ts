/** What part 3 claims, read from its printed lines: which machine, which rule, which state. Nothing is asked of what wrote them. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { plain } from './calendar.ts'
import { WORDS } from './words.ts'

type Language = VisitReport['language']
type Item = { readonly state: string; readonly text: string; readonly detail: string | null }

/** One point of one machine. `numbers`: what the sentence says, as captured. */
export type Claim = {
  readonly name: string
  readonly rule: string
  readonly state: string
  readonly title: string
  readonly numbers: readonly string[]
  readonly detail: string
}

const GROUPS = {
  en: {
    solved: 'Solved',
    opened: 'New',
    worse: 'Worse',
    better: 'Better',
    passing: 'Came and went',
    done: 'Promised and done',
    notShown: 'Promised, not shown',
    machines: 'Machines',
    disks: 'Disks whose counters moved',
  },
  fr: {
    solved: 'Résolu',
    opened: 'Nouveau',
    worse: 'Moins bien',
    better: 'Mieux',
    passing: 'Apparu puis résolu',
    done: 'Promis et fait',
    notShown: 'Promis, non démontré',
    machines: 'Postes',
    disks: 'Disques dont les compteurs ont bougé',
  },
} as const
export type GroupName = keyof (typeof GROUPS)['en']

/** @returns the lines of a group, and the count that its heading says; null: it says none. Absent groups are empty. */
export function groupOf(
  { language, parts }: VisitReport,
  name: GroupName,
): { readonly items: readonly Item[]; readonly count: number | null } {
  const label = GROUPS[language][name]
  for (const { heading, items } of parts.changes?.groups ?? []) {
    const match = /^(.+?)(?:, (\d+))?$/.exec(plain(heading))
    if (match?.[1] === label)
      return { items: items.map(plainItem), count: match[2] === undefined ? null : Number(match[2]) }
  }
  return { items: [], count: 0 }
}

/** @returns headings that no group of this reader has. */
export function strangeGroups({ language, parts }: VisitReport): readonly string[] {
  const known: readonly string[] = Object.values(GROUPS[language])
  return (parts.changes?.groups ?? [])
    .map(({ heading }) => plain(heading).replace(/, \d+$/, ''))
    .filter((one) => !known.includes(one))
}

const plainItem = ({ state, text, detail }: Item): Item => ({ state, text: plain(text), detail: plain(detail ?? '') })

/** @returns the rule that a sentence speaks of; null: none or several do. */
function ruleOfTitle(
  title: string,
  language: Language,
): { readonly rule: string; readonly numbers: readonly string[] } | null {
  const found = Object.entries(WORDS[language]).flatMap(([rule, said]) => {
    const match = said.title.exec(title)
    return match === null ? [] : [{ rule, numbers: match.slice(1) }]
  })
  return found.length === 1 ? (found[0] ?? null) : null
}

/** `NAME : sentence` for one machine; the sentence alone, with the names under it, for several. */
export function claimsOf(
  items: readonly Item[],
  language: Language,
  names: ReadonlySet<string>,
): readonly (Claim | string)[] {
  return items.flatMap(({ state, text, detail }): (Claim | string)[] => {
    const [name, sentence] = splitName(text, names)
    const read = ruleOfTitle(sentence, language)
    if (read === null) return [`nobody can tell what "${text}" is about`]
    const claim = { ...read, state, title: sentence, detail: detail ?? '' }
    if (name !== null) return [{ ...claim, name }]
    const listed = (detail ?? '').split(/, | et | and /)
    return listed.map((one) =>
      names.has(one) ? { ...claim, name: one, detail: '' } : `"${text}" lists ${one}, which is no machine`,
    )
  })
}

/** `NAME : name of the rule`, with the sentence that it was after the colon of the detail. */
export function solvedClaims(
  items: readonly Item[],
  language: Language,
  names: ReadonlySet<string>,
): readonly (Claim | string)[] {
  return items.map(({ state, text, detail }): Claim | string => {
    const [name, ruleName] = splitName(text, names)
    const rule = Object.entries(WORDS[language]).find(([, said]) => said.name === ruleName)?.[0]
    const title = (detail ?? '').split(/(?:C’était : |It was: )/)[1] ?? ''
    const read = ruleOfTitle(title, language)
    if (name === null || rule === undefined || read?.rule !== rule)
      return `"${text}" (${detail}) names no rule that fits`
    return { name, rule, state, title, numbers: read.numbers, detail: detail ?? '' }
  })
}

/** Names come before the first colon; a name that holds no machine is no name. */
export function splitName(text: string, names: ReadonlySet<string>): readonly [string | null, string] {
  const match = /^(.+?) ?: (.+)$/s.exec(text)
  return match?.[1] !== undefined && match[2] !== undefined && names.has(match[1]) ? [match[1], match[2]] : [null, text]
}
