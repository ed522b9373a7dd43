/** French texts of the rules about protection against malware. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'

/** French texts of the rules about protection. */
export const antivirus: RuleTextsAbout<'antivirus'> = {
  'antivirus/none-seen': {
    name: 'Protection présente',
    title: () => 'Aucune protection contre les logiciels malveillants n’a été vue sur cette machine.',
    looked: () =>
      'Tous les produits que Rounds connaît, par leur service et leurs fichiers. Un analyseur que personne ne lance ne compte pas.',
    todo: () =>
      'Décider si cette machine en a besoin. Pour des fichiers partagés avec des postes Windows : apt install clamav-daemon clamav-freshclam.',
    manager: () =>
      'Rien ne surveille les logiciels malveillants sur cette machine. C’est courant pour un serveur ; un contrat ou un assureur peut l’exiger.',
    impact: 'Un logiciel malveillant qui arrive sur cette machine passe inaperçu et peut être transmis.',
    blind: 'Impossible de dire si cette machine est protégée contre les logiciels malveillants.',
  },
  'antivirus/not-running': {
    name: 'Protection en marche',
    title: (v) => `${v.product} est installé et ne tourne pas.`,
    looked: (v) => `Le service de ${v.product}.`,
    todo: (v) =>
      `Le démarrer et voir pourquoi il s’est arrêté : systemctl status, puis le journal de ${v.product}. S’il a été remplacé, le désinstaller.`,
    manager: () =>
      'La protection contre les logiciels malveillants installée ici est arrêtée. D’ici à ce qu’elle reprenne, cette machine n’est pas protégée.',
    impact: 'Une protection arrêtée ne protège personne.',
    blind: 'Impossible de dire si la protection tourne.',
  },
  'antivirus/real-time-off': {
    name: 'Protection en temps réel',
    title: (v) => `${v.product} ne contrôle pas les fichiers au moment où on les utilise.`,
    looked: (v) => `L’état de la protection en temps réel de ${v.product} ; qu’il tourne n’en est pas la preuve.`,
    todo: () =>
      'Activer la protection en temps réel dans le produit ; pour ClamAV : systemctl enable --now clamav-clamonacc.',
    manager: () =>
      'Un logiciel malveillant n’est découvert ici que si quelqu’un lance une analyse, donc le plus souvent trop tard.',
    impact: 'Un fichier dangereux n’est remarqué qu’après son ouverture.',
    blind: 'Impossible de dire si les fichiers sont contrôlés au moment où on les utilise.',
  },
  'antivirus/signatures-old': {
    name: 'Âge des signatures',
    title: (v, f) => `Les signatures de ${v.product} datent de ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      `La date inscrite dans les signatures les plus récentes de ${v.product} : ${f.date(v.signaturesAt)}.`,
    todo: () =>
      'Les mettre à jour et voir ce qui échoue ; pour ClamAV : freshclam, puis systemctl status clamav-freshclam.',
    manager: (v, f) => `La protection ne connaît pas les logiciels malveillants apparus depuis ${f.span(v.ageMs)}.`,
    impact: 'De nouveaux logiciels malveillants apparaissent chaque jour ; de vieilles signatures les laissent passer.',
    blind: 'Impossible de dire de quand datent les signatures.',
  },
}
