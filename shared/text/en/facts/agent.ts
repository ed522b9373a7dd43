/** English texts of the facts of `agent`. */
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

/** By key. */
export const agentFacts: FactTextsOf<'agent'> = {
  'agent.link': {
    name: 'Connection',
    say: (v, f) =>
      parts(yes(v.connected, 'Connected', 'Not connected', 'Not told'), `promises a report every ${f.age(v.everyMs)}`),
  },
  'agent.clock': {
    name: 'Clock against the server',
    say: (v, f) =>
      Math.abs(v.skewMs) < 1_000
        ? 'Less than a second apart'
        : `${f.span(Math.abs(v.skewMs))} ${v.skewMs > 0 ? 'behind' : 'ahead'}`,
  },
  'agent.build': { name: 'Version', say: (v) => v.build },
  'agent.gap': { name: 'Lost records', say: (v, f) => `Records ${f.count(v.from)} to ${f.count(v.to)} (${v.why})` },
}
