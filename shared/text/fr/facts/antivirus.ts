/** French texts of the facts of `antivirus`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const MODE = {
  passive: 'passif : laisse le travail à un autre produit',
  off: 'désactivé',
  snoozed: 'désactivé pour un temps',
  expired: 'licence expirée',
  reduced: 'ne peut pas faire son travail',
  unregistered: 'pas enregistré auprès de sa console',
}

/** By key. */
export const antivirusFacts: FactTextsOf<'antivirus'> = {
  'antivirus.products': {
    name: 'Produits',
    say: (v, f) => (v.count === 0 ? 'Aucun des produits connus n’a été vu' : n(f, v.count, '# produit', '# produits')),
  },
  'antivirus.product': {
    name: null,
    say: (v, f) =>
      parts(
        yes(v.running, 'En marche', 'Arrêté', 'Marche non dite'),
        yes(v.realTime, 'surveille les fichiers à l’usage', 'ne surveille pas les fichiers à l’usage', null),
        v.mode !== 'active' && of(MODE, v.mode),
        v.signaturesAt === null &&
          yes(v.signaturesCurrent, 'dit ses signatures à jour', 'dit ses signatures anciennes', null),
        yes(v.updaterRunning, 'mise à jour en marche', 'mise à jour arrêtée', null),
        v.signaturesAt !== null && `signatures du ${f.moment(v.signaturesAt)}`,
        v.engineVersion,
      ),
  },
  'antivirus.threats': {
    name: 'Menaces',
    say: (v, f) =>
      parts(
        v.active === 0 ? 'Aucune en attente' : n(f, v.active, '# non traitée', '# non traitées'),
        v.failed !== null &&
          v.failed > 0 &&
          n(f, v.failed, '# n’a pas pu être retirée', '# n’ont pas pu être retirées'),
        v.handled !== null &&
          v.handled > 0 &&
          `${n(f, v.handled, '# traitée', '# traitées')} en ${n(f, v.withinDays, '# jour', '# jours')}`,
      ),
  },
}
