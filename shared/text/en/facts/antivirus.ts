/** English texts of the facts of `antivirus`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

/** By key. */
export const antivirusFacts: FactTextsOf<'antivirus'> = {
  'antivirus.products': {
    name: 'Products',
    say: (v, f) => (v.count === 0 ? 'None of the known products was seen' : n(f, v.count, '# product', '# products')),
  },
  'antivirus.product': {
    name: null,
    say: (v, f) =>
      parts(
        yes(v.running, 'Running', 'Not running', 'Not told whether it runs'),
        yes(v.realTime, 'watches files as they are used', 'does not watch files as they are used', null),
        yes(v.updaterRunning, 'updater running', 'updater not running', null),
        v.signaturesAt !== null && `signatures of ${f.moment(v.signaturesAt)}`,
        v.engineVersion,
      ),
  },
}
