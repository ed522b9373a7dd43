/** Compares what the server found in a demo's history with the oracle of what happened. Pure. */
import type { Oracle, OracleFault, Showing } from '../../server/demo/oracle/oracle.ts'
import type { Finding, Transition } from '../../server/findings/finding.ts'

const MINUTE_MS = 60_000
/** A record is made up to an hour before what it shows is dated. */
const EARLY_MS = 61 * MINUTE_MS

type Expected = { readonly fault: OracleFault; readonly showing: Showing }
type Found = { readonly finding: Finding; readonly transitions: readonly Transition[] }

/** @returns a sentence for each difference; empty: the two agree. */
export function compareWithOracle(
  oracle: Oracle,
  findings: readonly Finding[],
  transitions: readonly Transition[],
): readonly string[] {
  const byFinding = Map.groupBy(transitions, ({ findingId }) => findingId)
  const left = new Set<Found>(findings.map((finding) => ({ finding, transitions: byFinding.get(finding.id) ?? [] })))
  const complaints: string[] = []
  for (const fault of oracle.faults) {
    for (const showing of fault.shows) {
      const found = [...left].find((one) => fits({ fault, showing }, one, oracle.endAt))
      if (found === undefined)
        complaints.push(`missing: ${say({ fault, showing })}${nearest({ fault, showing }, left)}`)
      else {
        left.delete(found)
        complaints.push(...compareLevels({ fault, showing }, found, oracle.endAt))
      }
    }
  }
  const names = new Map(oracle.machines.map(({ id, name }) => [id, name]))
  for (const { finding } of left) {
    complaints.push(
      `without reason: ${names.get(finding.machineId)} ${finding.rule} ${finding.item} ${finding.severity} ${iso(finding.openedAt)} - ${iso(finding.resolvedAt)}`,
    )
  }
  return complaints
}

const iso = (at: number | null) => (at === null ? 'open' : new Date(at).toISOString().slice(0, 16))

function say({ fault, showing }: Expected): string {
  const levels = showing.levels.map(({ severity, at }) => `${severity} ${iso(at)}`).join(', ')
  return `${fault.id}: ${showing.rule} ${showing.item} ${levels} - ${iso(showing.endsAt)}`
}

function nearest({ fault, showing }: Expected, left: ReadonlySet<Found>): string {
  const same = [...left].filter(({ finding }) => finding.machineId === fault.machineId && finding.rule === showing.rule)
  return same
    .map(({ finding }) => ` | found ${finding.item} ${iso(finding.openedAt)} - ${iso(finding.resolvedAt)}`)
    .join('')
}

const isWithin = (at: number, wanted: number, slackMs: number) => at >= wanted - EARLY_MS && at <= wanted + slackMs

function fits({ fault, showing }: Expected, { finding }: Found, endAt: number): boolean {
  if (finding.machineId !== fault.machineId || finding.rule !== showing.rule || finding.item !== showing.item)
    return false
  const first = showing.levels[0]
  if (first === undefined || !isWithin(finding.openedAt, first.at, showing.slackMs)) return false
  const { endsAt, endSlackMs } = showing
  if (finding.resolvedAt === null) return endsAt === null || endsAt + endSlackMs >= endAt
  return endsAt !== null && isWithin(finding.resolvedAt, endsAt, endSlackMs)
}

/** The severities that were found, in order and in time. */
function compareLevels(expected: Expected, { transitions }: Found, endAt: number): readonly string[] {
  const { showing } = expected
  const changes = transitions.filter(({ kind }) => kind === 'opened' || kind === 'worsened' || kind === 'improved')
  const got = changes.map(({ to, at }) => ({ severity: to, at })).sort((a, b) => a.at - b.at)
  const wanted = showing.levels.filter(({ at }) => at + showing.slackMs < endAt)
  const isSame =
    got.length >= wanted.length &&
    got.length <= showing.levels.length &&
    got.every((one, index) => {
      const level = showing.levels[index]
      return level?.severity === one.severity && isWithin(one.at, level.at, showing.slackMs)
    })
  const said = got.map(({ severity, at }) => `${severity} ${iso(at)}`).join(', ')
  return isSame ? [] : [`levels: ${say(expected)}, found ${said}`]
}
