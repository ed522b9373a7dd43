/** French texts of the facts of `patch`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

/** By key. */
export const patchFacts: FactTextsOf<'patch'> = {
  'patch.manager': { name: 'Gestionnaire de paquets', say: (v) => v.name },
  'patch.updates': {
    name: 'Mises à jour en attente',
    say: (v, f) =>
      parts(
        v.security === null
          ? 'Lesquelles concernent la sécurité n’est pas dit'
          : v.security === 0
            ? 'Aucune de sécurité'
            : `${f.count(v.security)} de sécurité${v.names === '' ? '' : ` (${v.names})`}`,
        v.other !== null && v.other > 0 && n(f, v.other, '# autre', '# autres'),
        v.phased > 0 && `${f.count(v.phased)} échelonnées par le distributeur`,
        v.held > 0 && n(f, v.held, '# bloquée', '# bloquées'),
        v.heldSecurity > 0 && `${f.count(v.heldSecurity)} de sécurité bloquées`,
        v.keptBack > 0 && n(f, v.keptBack, '# retenue', '# retenues'),
      ),
  },
  'patch.database': {
    name: 'Base des paquets',
    say: (v) => (v.broken === 'yes' ? parts('Endommagée', v.problems) : (yes(v.broken, '', 'Saine', 'Non dit') ?? '')),
  },
  'patch.automatic': {
    name: 'Mises à jour automatiques',
    say: (v) => parts(yes(v.enabled, 'Activées', 'Désactivées', 'Non dit'), v.mechanism),
  },
  'patch.reboot': {
    name: 'Redémarrage',
    say: (v) =>
      parts(
        yes(v.required, 'Nécessaire', 'Pas nécessaire', 'Non dit'),
        v.reasons,
        v.required === 'yes' && v.installed !== null && `${v.running ?? '?'} tourne, ${v.installed} est installé`,
      ),
  },
  'patch.list': {
    name: 'Liste des mises à jour',
    say: (v, f) => (v.refreshedAt === null ? 'Jamais rafraîchie' : `Du ${f.moment(v.refreshedAt)}`),
  },
  'patch.upgrade': {
    name: 'Dernière mise à niveau',
    say: (v, f) => (v.lastAt === null ? 'Aucune enregistrée' : f.moment(v.lastAt)),
  },
  'patch.failing': {
    name: 'Mises à jour en échec',
    say: (v, f) =>
      v.count === 0 ? 'Aucune' : parts(n(f, v.count, '# échoue toujours', '# échouent toujours'), v.names),
  },
}
