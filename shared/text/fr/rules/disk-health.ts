/** French texts of the rules about drives. Pure. */
import type { RuleValues } from '../../../rules.ts'
import { counted } from '../../counted.ts'
import type { Formatter } from '../../format.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import type { StorageRule } from './disk-storage.ts'

type DiskTexts = RuleTextsAbout<'disk'>
type Named = { readonly drive: string; readonly device: string }

const disk = ({ drive, device }: Named) => `Le disque ${drive} (${device})`
const lookedAt = ({ device }: Named) => `Ce que le disque ${device} dit de lui-même, lu avec smartctl.`
const more = (f: Formatter, grewBy: number | null) =>
  grewBy === null ? '' : `, soit ${f.count(grewBy)} de plus qu’avant`
const REPLACE =
  'Vérifier qu’une sauvegarde du jour existe, puis remplacer le disque. D’ici là, ne pas redémarrer la machine sans nécessité.'
const readIt = ({ device }: Named) => `Pour le voir soi-même : smartctl -x ${device}.`
const COST_OF_WAITING =
  'S’il lâche avant, le travail s’arrête le temps de poser un disque neuf et de restaurer la dernière bonne copie.'

const ERROR_KINDS: {
  readonly [K in RuleValues['disk/errors-uncorrected']['kind']]: readonly [string, string]
} = {
  reported: ['# erreur de lecture qu’il n’a pas pu corriger', '# erreurs de lecture qu’il n’a pas pu corriger'],
  media: [
    '# bloc qu’il n’a pas pu lire ou écrire correctement',
    '# blocs qu’il n’a pas pu lire ou écrire correctement',
  ],
  scsi: ['# erreur ou défaut qu’il n’a pas pu corriger', '# erreurs ou défauts qu’il n’a pas pu corriger'],
  'end-to-end': ['# donnée abîmée à l’intérieur même du disque', '# données abîmées à l’intérieur même du disque'],
  spin: ['# démarrage manqué de sa rotation', '# démarrages manqués de sa rotation'],
}
const WARNINGS: { readonly [word: string]: string } = {
  spare: 'blocs de réserve épuisés',
  temperature: 'trop chaud',
  reliability: 'plus fiable',
  'read-only': 'passé en lecture seule',
  'volatile-backup': 'protection contre les coupures défaillante',
  'persistent-memory': 'mémoire persistante peu fiable',
}
const warningWords = (list: string, f: Formatter) => f.list(list.split(', ').map((word) => WARNINGS[word] ?? word))

/** French texts of the rules about drives. */
export const diskHealth: Omit<
  DiskTexts,
  | 'disk/raid-degraded'
  | 'disk/raid-member-failed'
  | 'disk/space-low'
  | 'disk/filling-up'
  | 'disk/inodes-low'
  | 'disk/read-only'
  | 'disk/volume-silent'
  | StorageRule
> = {
  'disk/drive-failing': {
    name: 'Santé du disque',
    title: (v) =>
      v.when === 'now'
        ? `${disk(v)} annonce lui-même sa panne.`
        : `${disk(v)} est passé sous un seuil de son fabricant par le passé.`,
    looked: (v) => (v.attributes === '' ? lookedAt(v) : `${lookedAt(v)} Attributs au seuil : ${v.attributes}.`),
    todo: (v) =>
      v.when === 'now' ? `${REPLACE} ${readIt(v)}` : `Le surveiller et prévoir son remplacement. ${readIt(v)}`,
    manager: (v) =>
      v.when === 'now'
        ? `Un disque annonce sa propre panne. Il faut le remplacer cette semaine. ${COST_OF_WAITING}`
        : 'Un disque a connu un problème sérieux par le passé. Son remplacement est à inscrire au prochain budget.',
    impact:
      'Un disque qui le dit lui-même tombe le plus souvent en panne en quelques semaines, et emporte ce qu’il contient.',
    blind: 'La santé du disque n’a pas pu être lue.',
  },
  'disk/sectors-unreadable': {
    name: 'Secteurs illisibles',
    title: (v, f) =>
      `${disk(v)} a ${counted(f, Math.max(v.pending, v.uncorrectable), '# secteur qu’il ne peut pas lire', '# secteurs qu’il ne peut pas lire')}${more(f, v.grewBy)}.`,
    looked: (v, f) =>
      `${lookedAt(v)} En attente : ${f.count(v.pending)}. Irrécupérables : ${f.count(v.uncorrectable)}.`,
    todo: (v) =>
      `Vérifier la sauvegarde du jour, puis lancer un autotest long : smartctl -t long ${v.device}. Si le nombre augmente ou si le test échoue, remplacer le disque.`,
    manager: (v) =>
      v.grewBy === null
        ? `Des parties d’un disque ne sont plus lisibles. Les fichiers qui s’y trouvent sont peut-être déjà perdus sur cette machine. ${COST_OF_WAITING}`
        : `Un disque perd de sa surface chaque semaine. Il faut le remplacer maintenant. ${COST_OF_WAITING}`,
    impact:
      'Les fichiers posés sur ces secteurs ne s’ouvrent plus, et de tels disques lâchent bien plus souvent que les autres.',
    blind: 'Impossible de dire si le disque a des secteurs illisibles.',
  },
  'disk/sectors-reallocated': {
    name: 'Secteurs remplacés',
    title: (v, f) =>
      `${disk(v)} a remplacé ${counted(f, v.sectors, '# mauvais secteur', '# mauvais secteurs')} par des secteurs de réserve${more(f, v.grewBy)}.`,
    looked: (v) => `${lookedAt(v)} Attribut 5, comparé à ce qu’il disait au cours des 30 derniers jours.`,
    todo: (v) =>
      v.grewBy === null
        ? `Le surveiller : le nombre compte moins que sa hausse. ${readIt(v)}`
        : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.grewBy === null
        ? 'Un disque montre des signes d’âge. Rien n’est perdu, et le nombre est surveillé.'
        : `Un disque s’use de semaine en semaine. Il faut le remplacer avant sa panne. ${COST_OF_WAITING}`,
    impact: 'Un disque qui remplace sans cesse des secteurs arrive au bout de sa réserve.',
    blind: 'Impossible de dire si le disque a remplacé des secteurs.',
  },
  'disk/errors-uncorrected': {
    name: 'Erreurs non corrigées',
    title: (v, f) => `${disk(v)} compte ${counted(f, v.errors, ...ERROR_KINDS[v.kind])}${more(f, v.grewBy)}.`,
    looked: lookedAt,
    todo: (v) =>
      v.grewBy === null
        ? `Vérifier la sauvegarde du jour et surveiller si le nombre augmente. ${readIt(v)}`
        : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.grewBy === null
        ? 'Un disque a commis des erreurs qu’il n’a pas pu réparer. Il est surveillé ; son remplacement est à prévoir.'
        : `Un disque commet de nouvelles erreurs qu’il ne peut pas réparer. Il faut le remplacer maintenant. ${COST_OF_WAITING}`,
    impact: 'Ce que le disque n’a pas pu corriger est faux ou absent dans un fichier.',
    blind: 'Impossible de dire si le disque a commis des erreurs.',
  },
  'disk/cable-errors': {
    name: 'Câble du disque',
    title: (v, f) =>
      `${disk(v)} a reçu ${counted(f, v.grewBy, '# transfert abîmé', '# transferts abîmés')} de plus : le câble est suspect, pas le disque.`,
    looked: (v, f) => `${lookedAt(v)} Attribut 199, ${f.count(v.errors)} au total ; ce nombre ne redescend jamais.`,
    todo: () =>
      'Éteindre la machine, remplacer le câble de données ou changer le disque d’emplacement. Le nombre ne bouge alors plus.',
    manager: () =>
      'Un câble à l’intérieur de la machine est sans doute lâche ou usé. Le remplacer coûte peu ; laissé ainsi, il ralentit le travail et peut abîmer des fichiers.',
    impact: 'Les transferts sont répétés, ce qui ralentit tout, et de temps en temps une erreur passe inaperçue.',
    blind: 'Impossible de dire si le câble du disque abîme des données.',
  },
  'disk/worn': {
    name: 'Usure du disque',
    title: (v, f) => `${disk(v)} a consommé ${f.percent(v.wearPercent)} des écritures pour lesquelles il est conçu.`,
    looked: lookedAt,
    todo: (v) => `Commander un remplaçant et chercher ce qui écrit autant : iotop -a. ${readIt(v)}`,
    manager: (v) =>
      v.wearPercent >= 95
        ? 'Un disque est au bout de la vie promise par son fabricant. Il faut le remplacer à la prochaine visite.'
        : 'Un disque approche du bout de la vie promise par son fabricant. Son remplacement est à inscrire au prochain budget.',
    impact:
      'Au-delà de sa vie prévue, un disque peut refuser de nouvelles données, ou les oublier une fois sans courant.',
    blind: 'L’usure du disque n’a pas pu être lue.',
  },
  'disk/nvme-warning': {
    name: 'Alerte du disque',
    title: (v, f) =>
      v.warnings !== ''
        ? `${disk(v)} lève lui-même une alerte : ${warningWords(v.warnings, f)}.`
        : `${disk(v)} n’a plus que ${f.percent(v.sparePercent ?? 0)} de blocs de réserve ; la limite de son fabricant est de ${f.percent(v.thresholdPercent ?? 0)}.`,
    looked: (v, f) =>
      v.sparePercent === null || v.thresholdPercent === null
        ? lookedAt(v)
        : `${lookedAt(v)} Réserve ${f.percent(v.sparePercent)}, limite ${f.percent(v.thresholdPercent)}.`,
    todo: (v) =>
      v.warnings === 'temperature'
        ? `Vérifier la ventilation et la poussière. ${readIt(v)}`
        : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.warnings === 'temperature'
        ? 'Un disque est trop chaud. Nettoyer la machine suffit le plus souvent ; laissé ainsi, le disque vieillit plus vite.'
        : `Un disque annonce qu’on ne peut plus compter sur lui. Il faut le remplacer cette semaine. ${COST_OF_WAITING}`,
    impact: 'Le disque lui-même ne garantit plus de garder ce qu’on lui confie.',
    blind: 'Les alertes du disque n’ont pas pu être lues.',
  },
  'disk/self-test-failed': {
    name: 'Autotest du disque',
    title: (v) => `${disk(v)} a échoué à son dernier autotest.`,
    looked: (v) => `Le journal des autotests de ${v.device}, lu avec smartctl.`,
    todo: (v) => `${REPLACE} Pour voir le journal : smartctl -l selftest ${v.device}.`,
    manager: () => `Un disque a échoué à son propre test. Il faut le remplacer cette semaine. ${COST_OF_WAITING}`,
    impact: 'Un disque qui échoue à son propre test a des zones qu’il ne peut plus lire.',
    blind: 'L’autotest du disque n’a pas pu être lu.',
  },
  'disk/too-hot': {
    name: 'Température du disque',
    title: (v, f) =>
      `${disk(v)} est à ${f.count(v.celsius)} °C, au-dessus de sa limite de ${f.count(v.limitCelsius)} °C.`,
    looked: (v) => `La température de ${v.device}, lue avec smartctl, pendant un quart d’heure.`,
    todo: () => 'Vérifier que les ventilateurs tournent et que rien ne bloque l’air, puis ôter la poussière.',
    manager: () =>
      'Un disque chauffe trop. Nettoyer ou déplacer la machine suffit le plus souvent ; laissé ainsi, le disque s’use avant l’heure.',
    impact: 'La chaleur raccourcit la vie d’un disque et le ralentit.',
    blind: 'La température du disque n’a pas pu être lue.',
  },
  'disk/gone': {
    name: 'Disque présent',
    title: (v, f) =>
      `Le disque ${v.drive} n’est plus là. Il a été vu pour la dernière fois : ${f.moment(v.lastSeenAt)}.`,
    looked: () => 'La liste des disques, deux fois de suite, comparée à ceux déjà vus.',
    todo: () =>
      'Voir s’il a été retiré. Sinon, vérifier son câble et son alimentation, et le journal du système (journalctl -k sous Linux).',
    manager: () =>
      'Un disque de cette machine n’est plus visible. Soit quelqu’un l’a retiré, soit il est en panne ; ce qu’il contenait n’est pas accessible.',
    impact: 'Ce que contenait le disque est hors d’atteinte, ou une grappe a perdu sa protection.',
    blind: 'Impossible de dire quels disques sont présents.',
  },
  'disk/health-unreadable': {
    name: 'Santé du disque lisible',
    title: (v) => `La santé du disque ${v.drive} (${v.device}) est illisible depuis plus d’une semaine.`,
    looked: lookedAt,
    todo: (v) =>
      `Essayer à la main : smartctl -x ${v.device}. Derrière un contrôleur RAID ou un boîtier USB, nommer le type (smartctl --scan-open) ou installer l’outil du fabricant.`,
    manager: () =>
      'Personne ne peut voir si un disque de cette machine est en bonne santé. Il peut lâcher sans prévenir ; le rendre visible prend moins d’une heure.',
    impact: 'Un disque qu’on ne peut pas interroger lâche sans prévenir.',
    blind: 'Impossible de dire si la santé du disque est lisible.',
  },
}
