/** French texts of the rules about protection against malware. Pure. */
import { counted as n } from '../../counted.ts'
import { protectionCommandsOf } from '../../protection-commands.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** Why a product that runs does not watch. */
const WHY: { readonly [mode: string]: string } = {
  passive: 'Il est passif : il laisse le travail à un autre produit, et aucun n’est connu pour le faire.',
  off: 'Il est désactivé.',
  snoozed: 'Quelqu’un l’a désactivé pour un temps.',
  reduced: 'Il tourne et ne peut pas faire son travail.',
  unregistered: 'Il n’est pas enregistré auprès de sa console.',
}
const why = (mode: string | null) => (mode === null || !Object.hasOwn(WHY, mode) ? '' : ` ${WHY[mode] ?? ''}`)

/** French texts of the rules about protection. */
export const antivirus: RuleTextsAbout<'antivirus'> = {
  'antivirus/threat-active': {
    name: 'Logiciel malveillant trouvé',
    title: (v, f) =>
      v.active > 0
        ? `Un logiciel malveillant a été trouvé sur cette machine et n’est pas traité : ${n(f, v.active, '# menace', '# menaces')}.`
        : `Un logiciel malveillant a été trouvé sur cette machine ; son traitement a échoué ${f.count(v.failed ?? 0)} fois en ${n(f, v.withinDays, '# jour', '# jours')}.`,
    looked: () =>
      'Ce que la protection compte elle-même : combien, pas quels fichiers. Les noms et les chemins restent sur la machine.',
    todo: () =>
      'Isoler la machine du réseau, ouvrir l’historique de la protection, retirer ce qui reste, puis tout analyser. Chercher par où c’est entré.',
    manager: () =>
      'La protection a trouvé quelque chose de nuisible sur cette machine et n’a pas pu en finir. D’ici là, considérer les mots de passe utilisés dessus comme connus d’autrui.',
    impact: 'Ce qui reste peut se propager, chiffrer des fichiers ou lire des mots de passe.',
    blind: 'Impossible de dire si la protection a trouvé quelque chose.',
  },
  'antivirus/none-seen': {
    name: 'Protection présente',
    title: () => 'Aucune protection contre les logiciels malveillants n’a été vue sur cette machine.',
    looked: () =>
      'Tous les produits que Rounds connaît, par leur service et leurs fichiers. Un analyseur que personne ne lance ne compte pas.',
    todo: () =>
      'Décider si cette machine en a besoin. Windows apporte Defender : voir pourquoi il est arrêté. Sous Linux, ClamAV contrôle les fichiers partagés avec des postes Windows (paquets clamav-daemon, clamav-freshclam).',
    manager: () =>
      'Rien ne surveille les logiciels malveillants sur cette machine. C’est courant pour un serveur ; un contrat ou un assureur peut l’exiger.',
    impact: 'Un logiciel malveillant qui arrive sur cette machine passe inaperçu et peut être transmis.',
    blind: 'Impossible de dire si cette machine est protégée contre les logiciels malveillants.',
  },
  'antivirus/not-running': {
    name: 'Protection en marche',
    title: (v) => `${v.product} est installé et ne tourne pas.`,
    looked: (v) => `Le service de ${v.product}.`,
    todo: (v) => {
      const { start, log } = protectionCommandsOf(v.product)
      return start === null || log === null
        ? `Démarrer son service et voir pourquoi il s’est arrêté, dans le journal de ${v.product} et dans celui du système. S’il a été remplacé, le désinstaller.`
        : `Le démarrer : ${start}. Voir pourquoi il s’est arrêté : ${log}. S’il a été remplacé, le désinstaller.`
    },
    manager: () =>
      'La protection contre les logiciels malveillants installée ici est arrêtée. D’ici à ce qu’elle reprenne, cette machine n’est pas protégée.',
    impact: 'Une protection arrêtée ne protège personne.',
    blind: 'Impossible de dire si la protection tourne.',
  },
  'antivirus/real-time-off': {
    name: 'Protection en temps réel',
    title: (v) => `${v.product} ne contrôle pas les fichiers au moment où on les utilise.${why(v.mode)}`,
    looked: (v) => `L’état de la protection en temps réel de ${v.product} ; qu’il tourne n’en est pas la preuve.`,
    todo: (v) => {
      const { realTime } = protectionCommandsOf(v.product)
      const isOff = v.mode === null || v.mode === 'off' || v.mode === 'snoozed'
      return realTime === null || !isOff
        ? 'Ouvrir le produit ou sa console et activer la protection en temps réel, ou voir pourquoi elle ne marche pas.'
        : `L’activer : ${realTime}. Si elle reste désactivée, une stratégie ou un autre produit la retient, ou son journal dit pourquoi.`
    },
    manager: () =>
      'Un logiciel malveillant n’est découvert ici que si quelqu’un lance une analyse, donc le plus souvent trop tard.',
    impact: 'Un fichier dangereux n’est remarqué qu’après son ouverture.',
    blind: 'Impossible de dire si les fichiers sont contrôlés au moment où on les utilise.',
  },
  'antivirus/expired': {
    name: 'Licence de la protection',
    title: (v) => `La licence de ${v.product} a expiré.`,
    looked: (v) => `Ce que ${v.product} dit de lui-même.`,
    todo: (v) =>
      `Renouveler la licence de ${v.product}, ou le désinstaller pour que la protection du système reprenne.`,
    manager: (v) =>
      `${v.product} n’est plus payé. Il ne reçoit plus de mises à jour et protège un peu moins chaque jour, ou plus du tout.`,
    impact: 'Un produit expiré tient la protection intégrée à l’écart et ne protège lui-même personne.',
    blind: 'Impossible de dire si la licence de la protection court encore.',
  },
  'antivirus/signatures-old': {
    name: 'Âge des signatures',
    title: (v, f) =>
      v.ageMs === null
        ? `${v.product} dit que ses signatures ne sont pas à jour.`
        : `Les signatures de ${v.product} datent de ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      v.signaturesAt === null
        ? `Ce que ${v.product} dit de lui-même ; il ne donne pas de date.`
        : `La date inscrite dans les signatures les plus récentes de ${v.product} : ${f.date(v.signaturesAt)}.`,
    todo: (v) => {
      const { refresh, refreshLog } = protectionCommandsOf(v.product)
      if (v.product === 'XProtect')
        return 'Dans Réglages Système > Général > Mise à jour de logiciels, laisser venir les fichiers de données système et les mises à jour de sécurité ; à partir de macOS 15, les chercher tout de suite : xprotect update.'
      return refresh === null || refreshLog === null
        ? 'Les mettre à jour dans le produit ou sa console, et voir ce qui échoue.'
        : `Les mettre à jour : ${refresh}. En cas d’échec, voir pourquoi : ${refreshLog}.`
    },
    manager: (v, f) =>
      v.ageMs === null
        ? 'La protection ne connaît pas les logiciels malveillants les plus récents.'
        : `La protection ne connaît pas les logiciels malveillants apparus depuis ${f.span(v.ageMs)}.`,
    impact: 'De nouveaux logiciels malveillants apparaissent chaque jour ; de vieilles signatures les laissent passer.',
    blind: 'Impossible de dire de quand datent les signatures.',
  },
  'antivirus/several-active': {
    name: 'Une seule protection à la fois',
    title: (v) => `Plusieurs produits contrôlent les mêmes fichiers en même temps : ${v.products}.`,
    looked: () => 'Les produits qui disent que leur protection en temps réel est active.',
    todo: () => 'En choisir un et désinstaller les autres avec l’outil de leur éditeur.',
    manager: () =>
      'Plus d’un antivirus travaille sur cette machine. Elle en devient lente et moins sûre, car ils se gênent.',
    impact: 'Deux produits ralentissent la machine et peuvent se bloquer l’un l’autre.',
    blind: 'Impossible de dire si plus d’un antivirus est à l’œuvre.',
  },
}
