/** French texts of the facts. Parts are joined by a middle dot; what the source did not say is left out, never shown as zero. */

import { counted as n } from '../counted.ts'
import type { FactTexts } from '../fact-text.ts'

const parts = (...all: readonly (string | null | false)[]) =>
  all.filter((part) => part !== null && part !== false && part !== '').join(' · ')
const yes = (value: 'yes' | 'no' | null, whenYes: string, whenNo: string, unknown: string | null) =>
  value === 'yes' ? whenYes : value === 'no' ? whenNo : unknown

const ARRAY = {
  healthy: 'tous les membres présents',
  degraded: 'il manque un membre',
  rebuilding: 'en reconstruction',
  checking: 'en cours de contrôle',
  inactive: 'arrêtée',
  unknown: 'état non dit',
}
const ROOT = {
  yes: 'root peut se connecter',
  no: 'root ne peut pas se connecter',
  'keys-only': 'root seulement avec une clé',
  'forced-commands': 'root seulement pour des commandes fixées',
}
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
const of = (words: { readonly [word: string]: string }, word: string | null) =>
  word === null ? null : (words[word] ?? word)

/** The French texts of the facts, by key. */
export const facts: FactTexts = {
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
  'patch.manager': { name: 'Gestionnaire de paquets', say: (v) => v.name },
  'patch.updates': {
    name: 'Mises à jour en attente',
    say: (v, f) =>
      parts(
        v.security === 0
          ? 'Aucune de sécurité'
          : `${f.count(v.security)} de sécurité${v.names === '' ? '' : ` (${v.names})`}`,
        v.other > 0 && n(f, v.other, '# autre', '# autres'),
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
  'posture.firewall': {
    name: 'Pare-feu',
    say: (v) =>
      parts(
        yes(v.enabled, 'Actif', 'Inactif', 'Non dit'),
        v.tool,
        yes(v.startsAtBoot, 'revient après un redémarrage', 'ne revient pas après un redémarrage', null),
        v.inbound === 'drop' && 'refuse ce qu’aucune règle n’autorise',
        v.inbound === 'accept' && 'accepte ce qu’aucune règle ne refuse',
      ),
  },
  'posture.sshd': {
    name: 'Connexion à distance (SSH)',
    say: (v) =>
      v.running === 'no'
        ? 'Aucun serveur n’écoute'
        : parts(
            v.ports === '' ? 'En marche' : `Écoute sur ${v.ports}`,
            yes(v.reachable, 'joignable de l’extérieur', 'cette machine seulement', null),
            of(ROOT, v.rootLogin),
            yes(v.passwordLogin, 'mots de passe acceptés', 'clés seulement', null),
          ),
  },
  'posture.time': {
    name: 'Horloge',
    say: (v, f) =>
      parts(
        yes(v.synchronized, 'Tenue à l’heure', 'Pas tenue à l’heure', 'Non dit'),
        v.tool,
        v.offsetMs !== null && `${f.count(Math.round(v.offsetMs))} ms d’écart`,
      ),
  },
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
