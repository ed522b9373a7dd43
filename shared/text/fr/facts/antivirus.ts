/** French texts of the facts of `antivirus`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

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
        yes(v.updaterRunning, 'mise à jour en marche', 'mise à jour arrêtée', null),
        v.signaturesAt !== null && `signatures du ${f.moment(v.signaturesAt)}`,
        v.engineVersion,
      ),
  },
}
