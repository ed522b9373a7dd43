/** English texts of the facts of `antivirus`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const MODE = {
  passive: 'passive: leaves the work to another product',
  off: 'switched off',
  snoozed: 'switched off for a while',
  expired: 'its license has expired',
  reduced: 'cannot do its work',
  unregistered: 'not registered with its console',
}

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
        v.mode !== 'active' && of(MODE, v.mode),
        v.signaturesAt === null &&
          yes(v.signaturesCurrent, 'says its signatures are current', 'says its signatures are old', null),
        yes(v.updaterRunning, 'updater running', 'updater not running', null),
        v.signaturesAt !== null && `signatures of ${f.moment(v.signaturesAt)}`,
        v.engineVersion,
      ),
  },
  'antivirus.threats': {
    name: 'Threats',
    say: (v, f) =>
      parts(
        v.active === 0 ? 'None that waits' : n(f, v.active, '# not dealt with', '# not dealt with'),
        v.failed !== null && v.failed > 0 && n(f, v.failed, '# could not be removed', '# could not be removed'),
        v.handled !== null &&
          v.handled > 0 &&
          `${f.count(v.handled)} dealt with in ${n(f, v.withinDays, '# day', '# days')}`,
      ),
  },
}
