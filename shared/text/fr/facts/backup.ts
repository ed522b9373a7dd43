/** French texts of the facts of `backup`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const RESULT = {
  success: 'dernière exécution bonne',
  partial: 'dernière exécution incomplète',
  failed: 'dernière exécution échouée',
}
const HOLDS = {
  databases: 'bases de données',
  'home-folders': 'dossiers personnels avec des fichiers',
  shares: 'dossiers partagés',
  mail: 'courrier',
  'none-seen': 'aucune donnée vue',
}
const LOOKALIKE = {
  sync: 'synchronisation, pas une copie',
  snapshot: 'instantanés sur le même disque, pas une copie',
}

/** By key. */
export const backupFacts: FactTextsOf<'backup'> = {
  'backup.tools': {
    name: 'Outils de sauvegarde',
    say: (v) => (v.count === 0 ? 'Aucun des outils connus n’a été vu' : v.names),
  },
  'backup.jobs': {
    name: 'Tâches de sauvegarde',
    say: (v, f) => (v.count === 0 ? 'Aucune n’est suivie' : n(f, v.count, '# tâche', '# tâches')),
  },
  'backup.job': {
    name: null,
    say: (v, f) =>
      parts(
        v.lastSuccessAt === null ? 'Aucune bonne copie vue' : `Dernière bonne copie ${f.moment(v.lastSuccessAt)}`,
        of(RESULT, v.lastResult),
        v.bytes !== null && f.bytes(v.bytes),
        v.copies !== null && n(f, v.copies, '# copie', '# copies'),
        v.tooSmall === 'yes' && 'plus petite qu’attendu',
        v.sameDisk === 'yes' && 'sur le même disque',
        yes(v.offsite, 'hors site', 'sur site', null),
        yes(v.encrypted, 'chiffrée', 'non chiffrée', null),
        v.destination,
      ),
  },
  'backup.holds-data': {
    name: 'Données à protéger',
    say: (v) => parts(yes(v.holds, 'Oui', 'Aucune vue', 'Non dit'), v.holds === 'yes' && of(HOLDS, v.reason), v.detail),
  },
  'backup.lookalikes': {
    name: 'Ce qui ressemble à une sauvegarde',
    say: (v, f) => (v.count === 0 ? 'Rien' : n(f, v.count, '# outil', '# outils')),
  },
  'backup.lookalike': {
    name: null,
    say: (v, f) =>
      parts(
        v.name,
        of(LOOKALIKE, v.kind),
        v.count !== null && n(f, v.count, '# conservé', '# conservés'),
        v.newestAt !== null && `le dernier ${f.moment(v.newestAt)}`,
      ),
  },
}
