/** The sentence of a manager's page: what is bad in one line, and what waits for them. Never says that all is safe. Pure. */
import type { PortalView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import type { PortalText } from '../../../../shared/text/visits-text.ts'

/** @returns decisions that have no answer. */
export const waitingDecisions = ({ decisions }: PortalView): number =>
  decisions.filter(({ decision, isOpen }) => decision === null && isOpen).length

const LONGEST = 120

/** @returns the `h1` of the page. */
export function portalSentence(view: PortalView, texts: PortalText, f: Formatter): string {
  const { handled, machines } = view
  if (machines.length === 0) return texts.titleEmpty
  const of = (standing: string) => handled.filter((line) => line.standing === standing)
  const [urgent, attention, unknown] = [of('urgent'), of('attention'), of('not-proven')]
  const decisions = waitingDecisions(view)
  const [only, more] = urgent.length > 0 ? urgent : attention
  // One thing is said by itself; the rest stands below.
  if (only !== undefined && more === undefined && unknown.length === 0 && only.text.length <= LONGEST)
    return texts.titleOne(only.text, decisions, f)
  const counts = { urgent: urgent.length, attention: attention.length, unknown: unknown.length, decisions }
  return texts.title(counts, f)
}
