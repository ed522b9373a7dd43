/** Which transitions people hear of: an alert that fired, one that got worse, and the end of one that fired. Pure. */
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding, Transition } from '../findings/finding.ts'

/** Kinds of notices. */
export const NOTICE_KINDS = ['fired', 'worsened', 'resolved'] as const
/** What happened to an alert. */
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** One row of the outbox, written with its transition. `severity` of a resolved one: what it was. */
export type NoticeDraft = {
  readonly findingId: string
  readonly kind: NoticeKind
  readonly severity: Severity
  readonly at: EpochMs
}

/** @param findings those that the same assessment opened, changed or resolved. @returns the notices of one assessment, in order. */
export function noticesOf(findings: readonly Finding[], transitions: readonly Transition[]): readonly NoticeDraft[] {
  if (transitions.length === 0) return []
  const byId = new Map(findings.map((finding) => [finding.id, finding]))
  const fired = new Set(transitions.filter(({ kind }) => kind === 'fired').map(({ findingId }) => findingId))
  return transitions.flatMap(({ findingId, kind, at }): readonly NoticeDraft[] => {
    const finding = byId.get(findingId)
    if (finding === undefined) return []
    const { alert, severity } = finding
    if (kind === 'fired') return [{ findingId, kind, severity, at }]
    // What fired in the same moment says its severity itself.
    if (kind === 'worsened' && alert.state === 'firing' && !fired.has(findingId)) {
      return [{ findingId, kind, severity, at }]
    }
    return kind === 'resolved' && alert.state === 'resolved' && alert.fired ? [{ findingId, kind, severity, at }] : []
  })
}
