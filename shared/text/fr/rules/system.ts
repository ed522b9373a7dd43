/** French texts of the rules about the machine itself. Pure. */
import { counted as n } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** French texts of the rules about the machine itself. */
export const system: RuleTextsAbout<'system'> = {
  'system/support-ended': {
    name: 'Fin de support',
    title: (v, f) =>
      v.endsAt <= f.now
        ? `${v.os} ne reçoit plus de correctifs de sécurité gratuits depuis le ${f.date(v.endsAt)}.`
        : `${v.os} ne recevra plus de correctifs de sécurité gratuits après le ${f.date(v.endsAt)}.`,
    looked: (v, f) =>
      v.extendedAt === null
        ? `La version du système, comparée aux dates des éditeurs (table du ${f.date(v.tableAt)}).`
        : `La version du système, comparée aux dates des éditeurs (table du ${f.date(v.tableAt)}). Un support payant existe jusqu’au ${f.date(v.extendedAt)}.`,
    todo: () =>
      'Prévoir le passage à une version suivie : l’essayer sur une copie, convenir d’une date, garder un retour possible.',
    manager: (v, f) =>
      v.endsAt <= f.now
        ? 'L’éditeur ne ferme plus les failles de ce système. Assureurs et auditeurs le demandent ; son remplacement ou sa mise à niveau est à décider maintenant.'
        : `À partir du ${f.date(v.endsAt)}, plus personne ne ferme les failles de ce système. La mise à niveau est à inscrire au budget avant cette date.`,
    impact: 'Après la fin du support, chaque nouvelle faille reste ouverte pour toujours.',
    blind: 'Impossible de dire jusqu’à quand le système d’exploitation est suivi.',
  },
  'system/uptime-long': {
    name: 'Dernier redémarrage',
    title: (v, f) => `Cette machine n’a pas redémarré depuis ${f.span(v.forMs)}.`,
    looked: (v, f) => `Le moment de son démarrage : ${f.date(v.bootedAt)}.`,
    todo: () => 'La redémarrer à un moment convenu avec ses utilisateurs, pendant que quelqu’un peut s’en approcher.',
    manager: () =>
      'Personne ne sait si cette machine démarre encore toute seule. Mieux vaut l’apprendre un soir choisi qu’après une coupure de courant.',
    impact:
      'Les mises à jour du cœur du système attendent, et les défauts qu’un redémarrage montrerait restent cachés.',
    blind: 'Impossible de dire quand cette machine a redémarré.',
  },
  'system/crashes': {
    name: 'Arrêts inattendus',
    title: (v, f) =>
      `Cette machine s’est arrêtée ${n(f, v.ends, 'une fois', '# fois')} en ${n(f, v.withinDays, '# jour', '# jours')} sans avoir été éteinte.`,
    looked: (v, f) =>
      v.stops === 0
        ? 'Le journal du système : arrêts par coupure de courant ou par blocage.'
        : `Le journal du système : parmi eux, ${n(f, v.stops, '# arrêt', '# arrêts')} du système lui-même (écran bleu, panique).`,
    todo: () =>
      'Chercher ce qu’ils ont en commun : courant et onduleur, chaleur, mémoire (la tester une nuit), pilote ou mise à jour de la semaine.',
    manager: () =>
      'Cette machine s’arrête en plein travail. Qui l’utilise perd ce qui n’était pas enregistré, et chaque arrêt de ce genre peut abîmer des fichiers.',
    impact: 'Le travail non enregistré est perdu, et des fichiers ou des bases de données peuvent être abîmés.',
    blind: 'Impossible de dire si cette machine s’est arrêtée sans avoir été éteinte.',
  },
  'system/battery-worn': {
    name: 'Batterie',
    title: (v, f) =>
      v.healthPercent === null
        ? `La batterie ${v.battery} demande un entretien.`
        : `La batterie ${v.battery} ne garde que ${f.percent(v.healthPercent)} de sa capacité d’origine.`,
    looked: () => 'La capacité que la batterie annonce, comparée à celle d’origine, et l’avis de son fabricant.',
    todo: () => 'Commander une batterie pour ce modèle, ou prévoir le remplacement de la machine.',
    manager: () =>
      'La batterie de cet ordinateur ne tient plus le temps d’une réunion. Une neuve coûte en général bien moins qu’un ordinateur.',
    impact: 'La machine s’arrête dès qu’on la débranche, et le travail non enregistré avec elle.',
    blind: 'L’état de la batterie n’a pas pu être lu.',
  },
  'system/memory-short': {
    name: 'Mémoire',
    title: (v, f) => `La mémoire est pleine à ${f.percent(v.usedPercent)} en moyenne, sur ${f.bytes(v.totalBytes)}.`,
    looked: () => 'L’usage moyen de la mémoire au cours des une à deux dernières semaines.',
    todo: () =>
      'Voir ce qui l’utilise (Gestionnaire des tâches, Moniteur d’activité, ou ps aux --sort=-rss | head sous Linux), puis ajouter de la mémoire ou déplacer une tâche vers une autre machine.',
    manager: () =>
      'Cette machine est lente par manque de mémoire, et des personnes l’attendent chaque jour. En ajouter coûte peu, quand le modèle le permet.',
    impact: 'La machine attend son disque au lieu de travailler.',
    blind: 'Impossible de dire si la machine a assez de mémoire.',
  },
}
