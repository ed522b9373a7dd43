/** French texts of the rules about arrays and volumes. Pure. */
import { DAY_MS } from '../../../units.ts'
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import { folderSizesOf, remountOf } from '../../volume-commands.ts'

type DiskTexts = RuleTextsAbout<'disk'>
const sizes = (volume: string, depth: number) => folderSizesOf(volume, depth) ?? 'Paramètres > Système > Stockage'
const remount = (volume: string) => {
  const command = remountOf(volume)
  return command === null ? 'le reconnecter' : `le remonter : ${command}`
}

/** French texts of the rules about arrays and volumes. */
export const diskVolumes: Pick<
  DiskTexts,
  | 'disk/raid-degraded'
  | 'disk/raid-member-failed'
  | 'disk/space-low'
  | 'disk/filling-up'
  | 'disk/inodes-low'
  | 'disk/read-only'
  | 'disk/volume-silent'
> = {
  'disk/raid-degraded': {
    name: 'Grappe de disques',
    title: (v, f) =>
      v.state === 'rebuilding'
        ? `La grappe ${v.array} est en reconstruction et n’est pas protégée avant la fin.`
        : v.state === 'inactive'
          ? `La grappe ${v.array} est arrêtée.`
          : v.active === null || v.wanted === null
            ? `La grappe ${v.array} tourne avec un disque en moins.`
            : `La grappe ${v.array} tourne avec ${f.count(v.active)} disques sur ${f.count(v.wanted)}.`,
    looked: (v) => `L’état de ${v.array}${v.level === '' ? '' : ` (${v.level})`}, tel que le système le donne.`,
    todo: (v) =>
      v.state === 'rebuilding'
        ? 'La laisser finir, et la suivre : cat /proc/mdstat.'
        : `Vérifier la sauvegarde du jour, trouver le disque manquant et le remplacer : mdadm --detail /dev/${v.array}.`,
    manager: (v) =>
      v.state === 'rebuilding'
        ? 'Le disque de remplacement est en cours de remplissage. D’ici là, la panne d’un autre disque ferait perdre des données.'
        : 'L’un des disques qui se protègent mutuellement est en panne. Rien n’est perdu pour l’instant ; la prochaine panne arrête le travail et fait perdre des données.',
    impact: 'La grappe ne survit plus à la panne d’un autre disque.',
    blind: 'Impossible de dire si la grappe de disques est complète.',
  },
  'disk/raid-member-failed': {
    name: 'Disques de la grappe',
    title: (v) => `La grappe ${v.array} a marqué ${v.members} comme défectueux.`,
    looked: (v) => `Les membres de ${v.array}, tels que le système les donne.`,
    todo: (v) =>
      `Vérifier la sauvegarde du jour, puis remplacer le disque derrière ${v.members} : mdadm --detail /dev/${v.array}.`,
    manager: () =>
      'Un disque d’une grappe est en panne. Le travail continue, moins protégé que prévu ; il faut remplacer le disque cette semaine.',
    impact: 'La grappe a perdu un disque et une partie de sa protection.',
    blind: 'Impossible de dire si un disque de la grappe est en panne.',
  },
  'disk/space-low': {
    name: 'Espace libre',
    title: (v, f) =>
      `${v.volume} est plein à ${f.percent(v.usedPercent)} : ${f.bytes(v.availableBytes)} libres sur ${f.bytes(v.totalBytes)}.`,
    looked: (v) => `L’espace occupé et libre de ${v.volume} ; libre veut dire ce qu’un utilisateur peut encore écrire.`,
    todo: (v) => `Trouver ce qui le remplit : ${sizes(v.volume, 1)}. Supprimer ou déplacer, ou agrandir le volume.`,
    manager: () =>
      'Un disque est presque plein. Une fois plein, les programmes s’arrêtent, les mises à jour échouent et le travail du jour ne s’enregistre plus. Faire de la place coûte peu aujourd’hui.',
    impact: 'Sur un volume plein, rien ne s’enregistre, les bases de données s’arrêtent et les mises à jour échouent.',
    blind: 'L’espace libre n’a pas pu être lu.',
  },
  'disk/filling-up': {
    name: 'Prévision d’espace',
    title: (v, f) =>
      `${v.volume} sera plein dans ${f.span(v.daysUntilFull * DAY_MS)} environ : il grossit de ${f.bytes(v.bytesPerDay)} par jour et il lui reste ${f.bytes(v.availableBytes)}.`,
    looked: (v) => `L’espace occupé de ${v.volume} au cours des deux dernières semaines.`,
    todo: (v) =>
      `Trouver ce qui grossit : ${sizes(v.volume, 2)}. Nettoyer, faire tourner les journaux, ou l’agrandir à temps.`,
    manager: (v, f) =>
      `Au rythme actuel, un disque sera plein dans ${f.span(v.daysUntilFull * DAY_MS)} environ. Décider avant cette date s’il faut nettoyer ou acheter de l’espace.`,
    impact: 'Un volume qui se remplit tout seul est plein un jour que personne n’a choisi.',
    blind: 'Impossible de dire quand le volume sera plein.',
  },
  'disk/inodes-low': {
    name: 'Place pour des fichiers',
    title: (v, f) =>
      `${v.volume} n’a plus de place que pour ${counted(f, v.inodesFree, '# fichier', '# fichiers')} (${f.percent(v.freePercent)} de ses inodes sont libres).`,
    looked: (v) => `Les inodes libres de ${v.volume}.`,
    todo: (v) =>
      `Trouver les dossiers qui contiennent énormément de petits fichiers : du --inodes -x --max-depth=2 ${v.volume} | sort -n. Souvent des files de courrier, des sessions ou des caches.`,
    manager: () =>
      'Un disque ne pourra bientôt plus recevoir de nouveau fichier, alors qu’il lui reste de l’espace. Les programmes s’arrêtent alors comme sur un disque plein ; le nettoyage prend moins d’une heure.',
    impact: 'Plus aucun fichier ne peut être créé, alors qu’il reste de l’espace.',
    blind: 'Impossible de lire combien de fichiers le volume peut encore recevoir.',
  },
  'disk/read-only': {
    name: 'Volume inscriptible',
    title: (v, f) =>
      v.errors !== null && v.errors > 0
        ? `${v.volume} a compté ${counted(f, v.errors, '# erreur', '# erreurs')} de son système de fichiers.`
        : `${v.volume} est passé en lecture seule.`,
    looked: (v) => `La façon dont ${v.volume} est monté, et les erreurs que compte son système de fichiers.`,
    todo: (v) =>
      `Vérifier la sauvegarde du jour et le journal du système, puis prévoir un contrôle du système de fichiers pendant que ${v.volume} n’est pas utilisé : fsck, ou chkdsk /f sous Windows.`,
    manager: () =>
      'Un volume ne fonctionne plus comme il le devrait, et le système se protège en refusant d’écrire. Le travail sur cette machine est en danger dès aujourd’hui.',
    impact: 'Plus rien ne s’enregistre, et ce qui s’y trouve est peut-être abîmé.',
    blind: 'Impossible de dire si l’on peut écrire sur le volume.',
  },
  'disk/volume-silent': {
    name: 'Volume qui répond',
    title: (v) => `${v.volume} ne répond pas (${v.device}).`,
    looked: (v) => `La taille de ${v.volume}, demandée sans l’attendre.`,
    todo: (v) => `Vérifier le serveur ou le disque derrière ${v.device}, puis ${remount(v.volume)}.`,
    manager: () =>
      'Un dossier partagé ou un disque utilisé par cette machine ne répond plus. Les programmes qui en ont besoin attendent sans fin.',
    impact: 'Tout programme qui touche au volume se bloque.',
    blind: 'Impossible de dire si le volume répond.',
  },
}
