/** French texts of the facts of `system`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts } from '../../fact-words.ts'

/** By key. */
export const systemFacts: FactTextsOf<'system'> = {
  'system.os': { name: 'Système d’exploitation', say: (v) => parts(v.name, v.kernel !== null && `noyau ${v.kernel}`) },
  'system.boot': { name: 'Démarrée', say: (v, f) => f.moment(v.bootedAt) },
  'system.virtualization': {
    name: 'Nature',
    say: (v) =>
      v.kind === 'none' ? 'Machine physique' : parts(v.container === 'yes' ? 'Conteneur' : 'Machine virtuelle', v.kind),
  },
  'system.hardware': {
    name: 'Matériel',
    say: (v, f) =>
      parts(
        [v.vendor, v.model].filter((word) => word !== null).join(' '),
        v.cpu,
        v.cpuThreads !== null && n(f, v.cpuThreads, '# fil', '# fils'),
        v.memoryBytes !== null && `${f.bytes(v.memoryBytes)} de mémoire`,
        v.serial !== null && `série ${v.serial}`,
        v.biosDate !== null && `microprogramme du ${v.biosDate}`,
      ) || 'Rien de dit',
  },
  'system.batteries': {
    name: 'Batteries',
    say: (v, f) => (v.count === 0 ? 'Aucune' : n(f, v.count, '# batterie', '# batteries')),
  },
  'system.battery': {
    name: null,
    say: (v, f) =>
      parts(
        v.healthPercent === null ? 'Capacité non dite' : `${f.percent(v.healthPercent)} de sa capacité d’origine`,
        v.cycles !== null && n(f, v.cycles, '# cycle', '# cycles'),
      ),
  },
  'system.memory': {
    name: 'Mémoire utilisée',
    say: (v, f) =>
      parts(
        v.totalBytes === null ? f.bytes(v.usedBytes) : `${f.bytes(v.usedBytes)} sur ${f.bytes(v.totalBytes)}`,
        v.swapUsedBytes !== null && v.swapUsedBytes > 0 && `${f.bytes(v.swapUsedBytes)} sur disque`,
      ),
  },
  'system.load': {
    name: 'Processeur',
    say: (v, f) =>
      parts(
        v.busyPercent !== null && `occupé à ${f.percent(v.busyPercent)}`,
        v.load !== null && `charge ${f.count(v.load)}`,
      ),
  },
  'system.crashes': {
    name: 'Arrêts que personne n’a voulus',
    say: (v, f) => {
      const span = `en ${n(f, v.withinDays, '# jour', '# jours')}`
      if (v.unexpectedShutdowns === 0 && (v.systemStops ?? 0) === 0) return `Aucun ${span}`
      return parts(
        v.unexpectedShutdowns > 0 &&
          `${n(f, v.unexpectedShutdowns, '# coupure ou blocage', '# coupures ou blocages')} ${span}`,
        v.systemStops !== null &&
          v.systemStops > 0 &&
          `${n(f, v.systemStops, '# arrêt du système lui-même', '# arrêts du système lui-même')} ${span}`,
      )
    },
  },
}
