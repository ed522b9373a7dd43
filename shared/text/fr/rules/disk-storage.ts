/** French texts of the rules about pools, RAID controllers and logged errors of drives. Pure. */
import type { RuleValues } from '../../../rules.ts'
import { counted } from '../../counted.ts'
import type { Formatter } from '../../format.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** The rules of this file. */
export type StorageRule =
  | 'disk/pool-degraded'
  | 'disk/pool-errors'
  | 'disk/pool-full'
  | 'disk/scrub-old'
  | 'disk/controller-faulty'
  | 'disk/controller-drive-failing'
  | 'disk/device-errors'

const KINDS: { readonly [kind: string]: string } = {
  zfs: 'ZFS',
  btrfs: 'btrfs',
  lvm: 'LVM',
  'storage-spaces': 'espaces de stockage',
  bcache: 'bcache',
}
const kindOf = (kind: string) => KINDS[kind] ?? kind
const LOOK: { readonly [kind: string]: (pool: string) => string } = {
  zfs: (pool) => `zpool status -v ${pool}`,
  btrfs: (pool) => `btrfs device stats ${pool}; btrfs scrub status ${pool}`,
  lvm: () => 'lvs -a -o +lv_health_status,devices',
  'storage-spaces': () => 'Get-PhysicalDisk | Format-Table FriendlyName, SerialNumber, HealthStatus, OperationalStatus',
  bcache: (pool) => `cat /sys/block/${pool}/bcache/state`,
}
const lookAt = (kind: string, pool: string) => `Pour le voir soi-même : ${LOOK[kind]?.(pool) ?? pool}.`
const SCRUB: { readonly [kind: string]: (pool: string) => string } = {
  zfs: (pool) => `zpool scrub ${pool}`,
  btrfs: (pool) => `btrfs scrub start ${pool}`,
}

function errorsOf(v: RuleValues['disk/pool-errors'], f: Formatter): string {
  if ((v.dataErrors ?? 0) > 0)
    return `a perdu des données à ${counted(f, v.dataErrors ?? 0, '# endroit', '# endroits')}`
  if (v.lastScrub === 'errors') return 'n’a pas pu tout réparer lors de sa dernière relecture complète'
  const told = [
    v.readErrors ? counted(f, v.readErrors, '# erreur de lecture', '# erreurs de lecture') : '',
    v.writeErrors ? counted(f, v.writeErrors, '# erreur d’écriture', '# erreurs d’écriture') : '',
    v.checksumErrors
      ? counted(f, v.checksumErrors, '# erreur de somme de contrôle', '# erreurs de somme de contrôle')
      : '',
  ].filter((one) => one !== '')
  if (told.length === 0)
    return v.lastScrub === 'repaired'
      ? 'contenait des données abîmées, réparées par sa dernière relecture complète'
      : 'compte des erreurs d’un disque'
  return `compte ${f.list(told)}${v.grewBy === null ? '' : `, soit ${f.count(v.grewBy)} de plus qu’il y a une semaine`}`
}

const DRIVE_STATES: { readonly [state: string]: string } = {
  failed: 'est en panne',
  missing: 'est absent',
  predicted: 'annonce sa propre panne',
  foreign: 'porte la configuration d’un autre contrôleur',
  rebuilding: 'est en reconstruction',
}
const BATTERIES: { readonly [state: string]: string } = {
  failed: 'la batterie de son cache d’écriture est en panne',
  degraded: 'la batterie de son cache d’écriture est faible',
  learning: 'la batterie de son cache d’écriture se mesure ou se recharge',
}
const KINDS_OF_ERRORS: { readonly [kind: string]: readonly [string, string] } = {
  'bad-block': ['# bloc impossible à lire ou à écrire', '# blocs impossibles à lire ou à écrire'],
  retry: ['# commande à répéter', '# commandes à répéter'],
  reset: ['# réinitialisation de la liaison', '# réinitialisations de la liaison'],
  controller: ['# erreur du contrôleur', '# erreurs du contrôleur'],
  'file-system': ['# erreur du système de fichiers', '# erreurs du système de fichiers'],
  predicted: ['# annonce de panne', '# annonces de panne'],
}

/** French texts of the rules about pools, RAID controllers and logged errors. */
export const diskStorage: Pick<RuleTextsAbout<'disk'>, StorageRule> = {
  'disk/pool-degraded': {
    name: 'Réserve de stockage',
    title: (v) =>
      v.state === 'faulted'
        ? `La réserve ${v.pool} (${kindOf(v.kind)}) est hors d’usage.`
        : v.state === 'rebuilding'
          ? `La réserve ${v.pool} (${kindOf(v.kind)}) est en reconstruction et n’est pas protégée avant la fin.`
          : v.members === ''
            ? `La réserve ${v.pool} (${kindOf(v.kind)}) n’est pas intacte.`
            : `La réserve ${v.pool} (${kindOf(v.kind)}) tourne sans ${v.members}.`,
    looked: (v) => `L’état de ${v.pool} et de chacun de ses disques, tel que ${kindOf(v.kind)} le donne.`,
    todo: (v) =>
      v.state === 'rebuilding'
        ? `La laisser finir, et la suivre. ${lookAt(v.kind, v.pool)}`
        : v.members === ''
          ? `Vérifier la sauvegarde du jour, puis chercher la cause. ${lookAt(v.kind, v.pool)}`
          : `Vérifier la sauvegarde du jour, contrôler le câble et l’alimentation de ${v.members}, et remplacer le disque s’il ne revient pas. ${lookAt(v.kind, v.pool)}`,
    manager: (v) =>
      v.state === 'faulted'
        ? 'Le stockage de cette machine est arrêté. On ne peut plus y travailler avant d’avoir remplacé des disques et, peut-être, restauré la dernière bonne copie.'
        : v.state === 'rebuilding'
          ? 'Un disque remplacé est en cours de remplissage. D’ici là, la panne d’un autre disque ferait perdre des données.'
          : 'L’un des disques qui se protègent mutuellement ne fonctionne pas. Rien n’est perdu pour l’instant ; la prochaine panne peut faire perdre des données. Il faut s’en occuper cette semaine.',
    impact: 'La réserve ne survit plus à la panne d’un autre disque.',
    blind: 'Impossible de dire si la réserve de stockage est intacte.',
  },
  'disk/pool-errors': {
    name: 'Erreurs de la réserve',
    title: (v, f) => `La réserve ${v.pool} (${kindOf(v.kind)}) ${errorsOf(v, f)}.`,
    looked: (v) => `Les compteurs d’erreurs de ${v.pool} et le résultat de sa dernière relecture complète.`,
    todo: (v) =>
      (v.dataErrors ?? 0) > 0 || v.lastScrub === 'errors'
        ? `Restaurer ce qui est abîmé depuis une sauvegarde antérieure aux erreurs, puis remplacer le disque qui les compte. ${lookAt(v.kind, v.pool)}`
        : v.grewBy !== null
          ? `Vérifier la sauvegarde du jour, puis remplacer le disque qui compte les erreurs, ou son câble si ses propres données SMART sont bonnes. ${lookAt(v.kind, v.pool)}`
          : `Vérifier la sauvegarde du jour, lancer une relecture complète, et comparer les compteurs dans une semaine : s’ils augmentent, c’est le disque ou son câble. ${lookAt(v.kind, v.pool)}`,
    manager: (v) =>
      (v.dataErrors ?? 0) > 0 || v.lastScrub === 'errors'
        ? 'Des fichiers de cette machine sont abîmés. Il faut les restaurer depuis une sauvegarde et remplacer le disque maintenant.'
        : 'Un disque a rendu des données fausses, que le système a remarquées et réparées. Il est surveillé ; si cela continue, on remplace le disque ou son câble.',
    impact:
      'Un disque qui rend des données fausses abîme des fichiers dès qu’il ne reste plus de seconde copie pour les réparer.',
    blind: 'Impossible de dire si la réserve a compté des erreurs.',
  },
  'disk/pool-full': {
    name: 'Place dans la réserve',
    title: (v, f) =>
      `${v.what === 'metadata' ? 'Les métadonnées de la réserve' : 'La réserve'} ${v.pool} (${kindOf(v.kind)}) ${v.what === 'metadata' ? 'sont pleines' : 'est pleine'} à ${f.percent(v.usedPercent)}.`,
    looked: (v) => `La part occupée de ${v.pool}${v.kind === 'lvm' ? ', données et métadonnées' : ''}.`,
    todo: (v) =>
      v.kind === 'lvm'
        ? `L’agrandir avant qu’elle soit pleine : lvextend -L +10G ${v.pool}${v.what === 'metadata' ? ' --poolmetadatasize +256M' : ''}. Ou supprimer des instantanés et des volumes inutiles.`
        : 'Supprimer les vieux instantanés et ce qui ne sert plus, ou ajouter des disques.',
    manager: () =>
      'Le stockage de cette machine est presque épuisé. Une fois plein, les programmes s’arrêtent et le travail du jour ne s’enregistre plus. Décider maintenant s’il faut nettoyer ou acheter de l’espace.',
    impact: 'Une réserve pleine ralentit tout, et ses systèmes de fichiers passent en lecture seule.',
    blind: 'Le remplissage de la réserve n’a pas pu être lu.',
  },
  'disk/scrub-old': {
    name: 'Réserve relue',
    title: (v, f) =>
      v.scrubbedAt === null
        ? `La réserve ${v.pool} (${kindOf(v.kind)}), connue depuis ${f.span(v.ageMs)}, n’a jamais été relue en entier.`
        : `La réserve ${v.pool} (${kindOf(v.kind)}) a été relue en entier pour la dernière fois il y a ${f.span(v.ageMs)}.`,
    looked: (v) => `La dernière relecture complète de ${v.pool}.`,
    todo: (v) => `En lancer une, et la programmer chaque mois : ${SCRUB[v.kind]?.(v.pool) ?? v.pool}.`,
    manager: () =>
      'Depuis des semaines, personne n’a vérifié que tout ce qui est stocké peut encore être lu. Une fois programmée, la vérification se fait toute seule et ne coûte rien.',
    impact:
      'Un dégât que personne ne cherche se découvre le jour où le fichier est nécessaire, quand la bonne sauvegarde n’existe plus.',
    blind: 'Impossible de dire quand la réserve a été vérifiée.',
  },
  'disk/controller-faulty': {
    name: 'Contrôleur RAID',
    title: (v) =>
      v.state === 'failed'
        ? `Le contrôleur RAID ${v.model} (${v.controller}) est en panne.`
        : BATTERIES[v.battery] !== undefined
          ? `Contrôleur RAID ${v.model} (${v.controller}) : ${BATTERIES[v.battery]}.`
          : v.state === 'degraded'
            ? `Le contrôleur RAID ${v.model} (${v.controller}) signale un problème.`
            : `Contrôleur RAID ${v.model} (${v.controller}) : la batterie de son cache d’écriture n’est pas chargée.`,
    looked: (v, f) =>
      `Ce que l’outil du fabricant dit du contrôleur et de sa batterie${v.chargePercent === null ? '' : `. Charge ${f.percent(v.chargePercent)}`}.`,
    todo: (v) =>
      v.battery === 'failed' || v.battery === 'degraded'
        ? 'Commander la batterie ou le condensateur de cette carte et le remplacer à la prochaine visite. D’ici là, laisser le cache d’écriture coupé.'
        : v.battery === 'learning'
          ? 'Rien pour l’instant : cela dure quelques heures. Regarder de nouveau demain si rien n’a changé.'
          : 'Vérifier la sauvegarde du jour, puis examiner la carte avec son outil, ses volumes, ses disques et ses câbles.',
    manager: (v) =>
      v.state === 'failed'
        ? 'La carte à laquelle tous les disques de cette machine sont reliés est en panne. Le travail s’arrête jusqu’à son remplacement ; il faut la commander aujourd’hui.'
        : v.battery === 'failed' || v.battery === 'degraded'
          ? 'La batterie qui protège ce qui est en cours d’enregistrement pendant une coupure de courant est usée. La machine est plus lente, ou peut perdre des données lors d’une coupure ; une neuve coûte peu.'
          : 'La carte à laquelle les disques de cette machine sont reliés signale un problème. Il faut l’examiner avant de perdre un disque.',
    impact: 'Sans sa batterie, la carte écrit lentement, ou perd ce qu’elle tenait encore quand le courant s’arrête.',
    blind: 'Impossible de connaître l’état du contrôleur RAID ; ses disques sont cachés derrière lui.',
  },
  'disk/controller-drive-failing': {
    name: 'Disques du contrôleur',
    title: (v, f) =>
      DRIVE_STATES[v.state] === undefined
        ? `Le disque ${v.drive} (${v.model}) derrière ${v.controller} compte ${counted(f, v.mediaErrors ?? 0, '# bloc qu’il n’a pas pu lire', '# blocs qu’il n’a pas pu lire')}${v.grewBy === null ? '' : `, soit ${f.count(v.grewBy)} de plus qu’il y a une semaine`}.`
        : `Le disque ${v.drive} (${v.model}) derrière ${v.controller} ${DRIVE_STATES[v.state]}.`,
    looked: () =>
      'Chaque disque derrière le contrôleur, tel que l’outil du fabricant le donne ; le volume au-dessus peut encore se dire optimal.',
    todo: (v) =>
      v.state === 'rebuilding'
        ? 'Le laisser finir ; ne pas redémarrer la machine entre-temps.'
        : v.state === 'foreign'
          ? 'Chercher d’où vient le disque avant d’importer ou d’effacer sa configuration.'
          : v.state === 'failed' || v.state === 'missing' || v.state === 'predicted' || v.grewBy !== null
            ? `Vérifier la sauvegarde du jour, puis remplacer le disque de l’emplacement ${v.drive} par un disque de même taille ou plus grand.`
            : `Surveiller le nombre, et commander un disque de réserve pour l’emplacement ${v.drive}. S’il augmente, remplacer le disque.`,
    manager: (v) =>
      v.state === 'failed' || v.state === 'missing'
        ? 'Un disque de cette machine ne fonctionne plus. Les autres continuent, moins bien protégés ; il faut le remplacer maintenant.'
        : v.state === 'rebuilding'
          ? 'Un disque remplacé est en cours de remplissage. D’ici là, la panne d’un autre disque ferait perdre des données.'
          : 'Un disque de cette machine montre qu’il va tomber en panne. Il faut le remplacer à la prochaine visite, avant que cela n’arrive.',
    impact: 'À la prochaine panne de disque, des données peuvent être perdues.',
    blind: 'Les disques derrière le contrôleur RAID n’ont pas pu être vus.',
  },
  'disk/device-errors': {
    name: 'Erreurs de disque au journal',
    title: (v, f) =>
      `Le système a noté ${counted(f, v.count, ...(KINDS_OF_ERRORS[v.kind] ?? ['# erreur', '# erreurs']))} pour ${v.device === '' ? 'un disque' : v.device} en ${f.span(v.withinHours * 3_600_000)}.`,
    looked: () =>
      'Le journal du système, pour les erreurs des disques, de leurs contrôleurs et des systèmes de fichiers.',
    todo: (v) =>
      v.kind === 'reset' || v.kind === 'retry' || v.kind === 'controller'
        ? 'Soupçonner d’abord le câble, la prise ou l’alimentation : les enfoncer, changer le câble, essayer un autre port. Si cela continue, c’est le disque. Ses propres données SMART tranchent.'
        : v.kind === 'file-system'
          ? 'Vérifier la sauvegarde du jour, puis contrôler le système de fichiers pendant qu’il n’est pas utilisé : fsck, ou chkdsk /scan sous Windows. Regarder aussi les données SMART du disque.'
          : 'Vérifier qu’une sauvegarde du jour existe, regarder les données SMART du disque, et le remplacer si ses nombres augmentent ou si le journal continue.',
    manager: (v) =>
      v.kind === 'predicted' || v.kind === 'bad-block'
        ? 'Un disque de cette machine n’a pas pu lire ou enregistrer quelque chose. Si cela continue, il faut le remplacer ; une sauvegarde doit exister aujourd’hui.'
        : 'Le système a eu des difficultés avec un disque de cette machine. Souvent un câble est lâche, parfois le disque va lâcher ; il faut une heure pour le savoir.',
    impact: 'La machine se fige quelques secondes par moments, et les fichiers qui se trouvent là peuvent être abîmés.',
    blind: 'Impossible de dire si le système a noté des erreurs de disque.',
  },
}
