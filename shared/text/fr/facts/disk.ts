/** French texts of the facts of `disk`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ARRAY = {
  healthy: 'tous les membres présents',
  degraded: 'il manque un membre',
  rebuilding: 'en reconstruction',
  checking: 'en cours de contrôle',
  inactive: 'arrêtée',
  unknown: 'état non dit',
}
const POOL = {
  healthy: 'sain',
  degraded: 'fonctionne avec moins que prévu',
  rebuilding: 'en reconstruction',
  faulted: 'inutilisable',
  unknown: 'état non dit',
}
const SCRUB = {
  clean: 'dernière vérification sans erreur',
  repaired: 'dernière vérification avec réparations',
  errors: 'dernière vérification avec erreurs',
  canceled: 'dernière vérification interrompue',
}
const CONTROLLER = { healthy: 'sain', degraded: 'dégradé', failed: 'en panne', unknown: 'état non dit' }
const BATTERY = {
  healthy: 'batterie du cache bonne',
  learning: 'batterie du cache en apprentissage',
  degraded: 'batterie du cache faible',
  failed: 'batterie du cache en panne',
  absent: 'pas de batterie du cache',
}
const DEVICE_ERROR = {
  'bad-block': 'blocs défectueux',
  retry: 'accès répétés',
  reset: 'réinitialisations',
  controller: 'erreurs du contrôleur',
  'file-system': 'erreurs du système de fichiers',
  predicted: 'panne annoncée',
}

/** By key. */
export const diskFacts: FactTextsOf<'disk'> = {
  'disk.drives': {
    name: 'Disques',
    say: (v, f) => (v.count === 0 ? 'Aucun trouvé' : n(f, v.count, '# disque', '# disques')),
  },
  'disk.drive': {
    name: null,
    say: (v, f) =>
      parts(
        yes(v.passed, 'Réussit son propre test', 'Échoue à son propre test', 'Ne donne pas de verdict'),
        v.capacityBytes !== null && f.bytes(v.capacityBytes),
        v.pendingSectors !== null &&
          v.pendingSectors > 0 &&
          n(f, v.pendingSectors, '# secteur en attente', '# secteurs en attente'),
        v.uncorrectable !== null && v.uncorrectable > 0 && n(f, v.uncorrectable, '# irrécupérable', '# irrécupérables'),
        v.reallocatedSectors !== null &&
          v.reallocatedSectors > 0 &&
          n(f, v.reallocatedSectors, '# secteur remplacé', '# secteurs remplacés'),
        v.wearPercent !== null && `${f.percent(v.wearPercent)} de sa vie consommés`,
        v.powerOnHours !== null && `${f.count(v.powerOnHours)} h`,
        v.temperatureCelsius !== null && `${f.count(v.temperatureCelsius)} °C`,
      ),
  },
  'disk.arrays': {
    name: 'Grappes RAID',
    say: (v, f) => (v.count === 0 ? 'Aucune' : n(f, v.count, '# grappe', '# grappes')),
  },
  'disk.array': {
    name: null,
    say: (v, f) =>
      parts(
        of(ARRAY, v.state),
        v.level,
        v.membersActive !== null &&
          v.membersWanted !== null &&
          `${f.count(v.membersActive)} membres sur ${f.count(v.membersWanted)}`,
        v.rebuildPercent !== null && `${f.percent(v.rebuildPercent)} faits`,
      ),
  },
  'disk.volumes': {
    name: 'Volumes',
    say: (v, f) => (v.count === 0 ? 'Aucun' : n(f, v.count, '# volume', '# volumes')),
  },
  'disk.volume': {
    name: null,
    say: (v, f) =>
      parts(
        v.availableBytes !== null &&
          v.totalBytes !== null &&
          `${f.bytes(v.availableBytes)} libres sur ${f.bytes(v.totalBytes)}`,
        v.usedPercent !== null && `${f.percent(v.usedPercent)} utilisés`,
        v.daysUntilFull !== null && `plein dans ${f.span(v.daysUntilFull * 86_400_000)} à ce rythme`,
        v.readOnly === 'yes' && 'en lecture seule',
        v.errors !== null && v.errors > 0 && n(f, v.errors, '# erreur comptée', '# erreurs comptées'),
        v.fsType,
      ),
  },
  'disk.pools': {
    name: 'Pools de stockage',
    say: (v, f) => (v.count === 0 ? 'Aucun' : n(f, v.count, '# pool', '# pools')),
  },
  'disk.pool': {
    name: null,
    say: (v, f) =>
      parts(
        of(POOL, v.state),
        v.kind,
        v.usedPercent !== null && `${f.percent(v.usedPercent)} utilisés`,
        v.errors !== null && v.errors > 0 && n(f, v.errors, '# erreur comptée', '# erreurs comptées'),
        v.dataErrors !== null &&
          v.dataErrors > 0 &&
          `données perdues à ${n(f, v.dataErrors, '# endroit', '# endroits')}`,
        of(SCRUB, v.lastScrub),
        v.scrubbedAt !== null && `vérifié ${f.moment(v.scrubbedAt)}`,
      ),
  },
  'disk.controllers': {
    name: 'Contrôleurs RAID',
    say: (v, f) => (v.count === 0 ? 'Aucun' : n(f, v.count, '# contrôleur', '# contrôleurs')),
  },
  'disk.controller': {
    name: null,
    say: (v, f) =>
      parts(
        of(CONTROLLER, v.state),
        n(f, v.drives, '# disque', '# disques'),
        v.badDrives > 0 && `dont ${f.count(v.badDrives)} en panne ou proches de l’être`,
        of(BATTERY, v.battery),
        v.name,
      ),
  },
  'disk.device-errors': {
    name: 'Erreurs journalisées des disques',
    say: (v, f) => (v.count === 0 ? 'Aucune' : n(f, v.count, '# sorte d’erreur', '# sortes d’erreurs')),
  },
  'disk.device-error': {
    name: null,
    say: (v, f) => `${of(DEVICE_ERROR, v.kind)} : ${f.count(v.count)} en ${f.count(v.withinHours)} h`,
  },
}
