/** French texts of the rules about backups. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** French texts of the rules about backups. */
export const backup: RuleTextsAbout<'backup'> = {
  'backup/none-known': {
    name: 'Sauvegarde existante',
    title: () => 'Cette machine contient des données et n’a pas de sauvegarde.',
    looked: (v) =>
      v.detail === ''
        ? 'Tous les outils de sauvegarde que Rounds connaît, et ce qu’une personne a dit de cette machine.'
        : `Tous les outils de sauvegarde que Rounds connaît, ce qu’une personne a dit, et ce que contient la machine : ${v.detail}.`,
    todo: () => 'Mettre une sauvegarde en place, puis dire à l’agent où elle va : rounds-agent watch add.',
    manager: () =>
      'Si cette machine tombe en panne, brûle ou est chiffrée cette nuit, tout ce qu’elle contient est perdu pour de bon.',
    impact: 'Sans copie, un seul disque cassé met fin au travail qu’il contient.',
    blind: 'Il n’est pas prouvé que cette machine ait une sauvegarde.',
  },
  'backup/too-old': {
    name: 'Âge de la sauvegarde',
    title: (v, f) =>
      `Aucune bonne sauvegarde par ${v.job} depuis ${f.span(v.ageMs)} ; rythme prévu : ${f.span(v.everyMs)}.`,
    looked: (v, f) =>
      `La dernière copie complète de ${v.job} : ${f.moment(v.lastSuccessAt)}. Une copie partielle ne compte pas.`,
    todo: (v) =>
      `Lancer ${v.job} une fois à la main et lire ce qu’il dit. Vérifier que sa destination est joignable et a de la place.`,
    manager: (v, f) =>
      `Si cette machine tombait en panne maintenant, le travail fait depuis ${f.span(v.ageMs)} serait perdu.`,
    impact: 'Tout ce qui suit la dernière bonne copie serait perdu avec cette machine.',
    blind: 'Impossible de dire quand la dernière bonne sauvegarde a été faite.',
  },
  'backup/never-succeeded': {
    name: 'Première sauvegarde',
    title: (v) => `${v.job} n’a jamais fait de copie.`,
    looked: (v) => `Les copies que ${v.job} garde à sa destination : aucune.`,
    todo: (v) =>
      `Lancer ${v.job} une fois à la main et lire ce qu’il dit. S’il a été abandonné, le retirer : rounds-agent watch remove.`,
    manager: () =>
      'Une sauvegarde a été mise en place ici et n’a jamais fonctionné. D’ici là, rien ne pourrait être restauré.',
    impact: 'Une sauvegarde qui n’a jamais fonctionné ne restaure rien.',
    blind: 'Impossible de dire si la sauvegarde a déjà fonctionné.',
  },
  'backup/last-run-failed': {
    name: 'Dernière sauvegarde',
    title: (v, f) =>
      v.result === 'partial'
        ? `La dernière exécution de ${v.job} a laissé des fichiers de côté${v.lastRunAt === null ? '' : ` (${f.moment(v.lastRunAt)})`}.`
        : `La dernière exécution de ${v.job} a échoué${v.lastRunAt === null ? '' : ` (${f.moment(v.lastRunAt)})`}.`,
    looked: (v) => `La façon dont s’est terminée la dernière exécution de ${v.job}.`,
    todo: (v) =>
      v.result === 'partial'
        ? `Chercher dans le journal de ${v.job} ce qu’il n’a pas pu lire : souvent des fichiers ouverts ou des droits manquants.`
        : `Lire le journal de ${v.job}, réparer la cause et le lancer une fois à la main.`,
    manager: (v) =>
      v.result === 'partial'
        ? 'La dernière copie n’est pas complète. Ce qu’elle a laissé de côté ne pourrait pas être restauré.'
        : 'La dernière sauvegarde n’a pas fonctionné. La copie précédente existe toujours ; chaque jour sans nouvelle copie est un jour de travail en danger.',
    impact: 'Ce qui n’a pas été copié ne peut pas être restauré.',
    blind: 'Impossible de dire comment s’est terminée la dernière sauvegarde.',
  },
  'backup/too-small': {
    name: 'Taille de la sauvegarde',
    title: (v, f) =>
      v.bytes === 0
        ? `La dernière copie de ${v.job} est vide.`
        : v.usualBytes === null
          ? `La dernière copie de ${v.job} ne fait que ${f.bytes(v.bytes)}, moins que son minimum.`
          : `La dernière copie de ${v.job} ne fait que ${f.bytes(v.bytes)} ; ${f.bytes(v.usualBytes)} est habituel.`,
    looked: (v) => `La taille de la dernière copie de ${v.job}, comparée à celles des 30 derniers jours.`,
    todo: (v) =>
      `Regarder dans la copie de ${v.job} et en restaurer un fichier. Vérifier que les dossiers sources et la base de données y sont toujours.`,
    manager: () =>
      'La dernière sauvegarde est bien plus petite que d’habitude. Il y manque sans doute quelque chose, et cela ne se verrait que le jour où l’on en a besoin.',
    impact: 'Une copie qui rétrécit sans raison est incomplète.',
    blind: 'Impossible de dire si la sauvegarde a sa taille habituelle.',
  },
  'backup/same-disk': {
    name: 'Sauvegarde sur un autre disque',
    title: (v) =>
      v.destination === ''
        ? `La seule copie de ${v.job} est sur le même disque que les données.`
        : `La seule copie de ${v.job} est sur le même disque que les données (${v.destination}).`,
    looked: (v) => `Le disque physique qui contient les données, et celui qui contient les copies de ${v.job}.`,
    todo: () => 'Envoyer les copies vers un autre disque, une autre machine ou un autre lieu.',
    manager: () =>
      'La copie et l’original sont sur un même disque. Quand il lâche, les deux sont perdus : aujourd’hui, ce n’est pas une sauvegarde.',
    impact: 'Un seul disque cassé emporte les données et leur copie.',
    blind: 'Impossible de dire si la copie est sur un autre disque.',
  },
  'backup/not-offsite': {
    name: 'Copie dans un autre lieu',
    title: (v, f) =>
      `Aucune copie de cette machine ne quitte le bâtiment (${counted(f, v.jobs, '# sauvegarde examinée', '# sauvegardes examinées')}).`,
    looked: () => 'Les destinations de toutes les sauvegardes de cette machine.',
    todo: () =>
      'Ajouter une copie ailleurs : un service de stockage, un autre site, ou un disque que quelqu’un emporte. L’indiquer avec rounds-agent watch add.',
    manager: () =>
      'Après un incendie, une inondation ou un cambriolage, les originaux et toutes les copies disparaîtraient ensemble.',
    impact: 'Le feu, le vol et les rançongiciels atteignent toutes les copies qui sont au même endroit.',
    blind: 'Impossible de dire si une copie quitte le bâtiment.',
  },
  'backup/not-automatic': {
    name: 'Sauvegarde automatique',
    title: (v) => `${v.job} ne tourne que si quelqu’un lance la sauvegarde.`,
    looked: (v) => `Si ${v.job} est réglé pour tourner tout seul.`,
    todo: () =>
      'Activer la sauvegarde automatique. Sur un Mac : Réglages Système > Général > Time Machine > Options > Fréquence des sauvegardes.',
    manager: () =>
      'Cette sauvegarde dépend de quelqu’un qui y pense. Tôt ou tard, plus personne n’y pense, et cela ne se voit pas.',
    impact: 'Une sauvegarde que quelqu’un doit lancer manque le jour où l’on en a besoin.',
    blind: 'Impossible de dire si la sauvegarde tourne toute seule.',
  },
  'backup/status-unreadable': {
    name: 'État de la sauvegarde lisible',
    title: (v) => `Ce que ${v.job} a fait est illisible depuis plus d’un jour.`,
    looked: (v) => `L’état de ${v.job}, que donnent son outil, son dépôt ou son journal.`,
    todo: (v) =>
      `Interroger ${v.job} à la main, avec l’utilisateur de l’agent, et lire la réponse : droits, fichier de mot de passe, verrou resté en place.`,
    manager: () =>
      'Personne ne peut voir si cette sauvegarde fonctionne. Elle va peut-être bien, elle s’est peut-être arrêtée ; il faut le savoir.',
    impact: 'Une sauvegarde que l’on ne voit pas échoue sans prévenir.',
    blind: 'Ce que la sauvegarde a fait est illisible.',
  },
  'backup/running-long': {
    name: 'Fin de la sauvegarde',
    title: (v, f) =>
      `Une exécution de ${v.job} a commencé ${f.moment(v.startedAt)} et n’est pas finie (${f.span(v.ageMs)}).`,
    looked: (v) => `Les exécutions de ${v.job} qui ont commencé et ne sont pas finies.`,
    todo: (v) =>
      `Regarder si ${v.job} travaille encore ou s’il est bloqué. Arrêter l’exécution bloquée, enlever son verrou et lancer la sauvegarde une fois à la main.`,
    manager: () =>
      'Une sauvegarde tourne depuis bien plus longtemps que prévu. Tant qu’elle n’est pas finie, il n’y a pas de nouvelle copie.',
    impact: 'Tant qu’une exécution est bloquée, aucune copie nouvelle n’est faite.',
    blind: 'Impossible de dire si une sauvegarde est bloquée.',
  },
  'backup/ping-late': {
    name: 'Sauvegarde qui donne signe à temps',
    title: (v, f) =>
      v.lastSuccessAt === null
        ? `${v.job} n’a signalé aucune exécution réussie depuis sa mise en place il y a ${f.span(v.ageMs)} ; une est attendue tous les ${f.span(v.everyMs)}.`
        : `${v.job} n’a signalé aucune exécution réussie depuis ${f.span(v.ageMs)} ; une est attendue tous les ${f.span(v.everyMs)}.`,
    looked: (v, f) =>
      v.lastSuccessAt === null
        ? `Les appels de ${v.job} à son adresse sur le serveur, depuis ${f.moment(v.createdAt)}. Un retard de ${f.span(v.graceMs)} est admis ; un début seul ne compte pas.`
        : `Les appels de ${v.job} à son adresse sur le serveur ; le dernier bon est arrivé ${f.moment(v.lastSuccessAt)}. Un retard de ${f.span(v.graceMs)} est admis ; un début seul ne compte pas.`,
    todo: (v) =>
      `Regarder là où ${v.job} s’exécute : si la tâche démarre encore, comment sa dernière exécution a fini, et si cet endroit atteint le serveur. Une nouvelle adresse : npm run -s server -- ping renew.`,
    manager: () =>
      'Une sauvegarde qui donne signe après chaque exécution s’est tue. Elle s’est peut-être arrêtée ; tant qu’elle ne dit rien, une nouvelle copie n’est pas prouvée.',
    impact: 'Une sauvegarde qui s’est tue s’est le plus souvent arrêtée.',
    blind: 'Impossible de dire si la sauvegarde donne signe à temps.',
  },
}
