/** French texts of the facts of `agent`. */
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

/** By key. */
export const agentFacts: FactTextsOf<'agent'> = {
  'agent.link': {
    name: 'Liaison',
    say: (v, f) =>
      parts(
        yes(v.connected, 'Connecté', 'Pas connecté', 'Non dit'),
        `promet un rapport toutes les ${f.age(v.everyMs)}`,
      ),
  },
  'agent.clock': {
    name: 'Horloge face au serveur',
    say: (v, f) =>
      Math.abs(v.skewMs) < 1_000
        ? 'Moins d’une seconde d’écart'
        : `${f.span(Math.abs(v.skewMs))} ${v.skewMs > 0 ? 'de retard' : 'd’avance'}`,
  },
  'agent.build': { name: 'Version', say: (v) => v.build },
  'agent.gap': { name: 'Enregistrements perdus', say: (v, f) => `De ${f.count(v.from)} à ${f.count(v.to)} (${v.why})` },
}
