/** French texts of the pages about visits: the list, and the head, reading order and states of one visit. Pure. */
import { counted as n } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { VisitsText } from '../visits-text.ts'

type Needs = { readonly hands: number; readonly decisions: number }

const needs = ({ hands, decisions }: Needs, f: Formatter) => {
  const walk = n(f, hands, 'une chose à faire sur place', '# choses à faire sur place')
  if (hands === 0 && decisions === 0) return 'rien à faire sur place, rien à décider'
  if (decisions === 0) return walk
  const ask = n(f, decisions, 'une à décider', '# à décider')
  return hands === 0 ? n(f, decisions, 'une décision à prendre', '# décisions à prendre') : `${walk}, ${ask}`
}

/** The French texts of the pages about visits, by key. */
export const visits: VisitsText = {
  nav: 'Visites',
  state_planned: 'Prévue',
  state_preparing: 'Préparation',
  'state_on-site': 'Sur place',
  state_closing: 'Clôture',
  state_sent: 'Envoyée',
  'kind_mini-audit': 'Mini-audit',
  kind_periodic: 'Visite périodique',
  kind_call: 'Appel',
  'kindIn_mini-audit': 'mini-audit',
  kindIn_periodic: 'visite périodique',
  kindIn_call: 'appel',

  listTitle: (running, ahead, f) => {
    if (running > 0) {
      const now = n(f, running, 'Une visite est en cours', '# visites sont en cours')
      return ahead === 0 ? `${now}.` : `${now}, ${n(f, ahead, 'une est prévue', '# sont prévues')}.`
    }
    return ahead === 0
      ? 'Aucune visite n’est prévue.'
      : `${n(f, ahead, 'Une visite est prévue', '# visites sont prévues')}.`
  },
  listUnder: 'Une visite va de prévue à envoyée ; son rapport est ce que le client garde.',
  listRunning: 'En cours',
  listAhead: 'Prévues et en préparation',
  listSent: 'Envoyées',
  listNone: 'Pas encore de visite',
  listNoneText: 'Prévoyez la première : elle montre ce qu’il faut regarder, apporter et demander.',
  colDate: 'Date',
  colClient: 'Client',
  colKind: 'Nature',
  colState: 'État',
  colBy: 'Par',
  colReport: 'Rapport',
  plan: 'Prévoir une visite…',
  planTitle: 'Quelle visite prévoir ?',
  planText: 'Elle apparaît ici et sous Aujourd’hui. Rien n’est envoyé au client.',
  planDo: (date) => `Prévoir pour le ${date}`,
  planClient: 'Client',
  planDate: 'Date',
  planTime: 'Heure sur place',
  planKind: 'Nature',
  planFor: 'Pour qui',
  planForHelp: 'Le nom du dirigeant qui lit le rapport et décide.',
  month: 'Le mois qui vient',
  monthNone: 'Aucune visite dans les 30 jours.',
  monthWeek: (client) => `Une semaine avant ${client} : c’est le moment de préparer`,
  monthDay: (client) => `Demain : ${client}`,
  monthVisit: (client) => `Visite : ${client}`,

  when_today: (client) => `Aujourd’hui chez ${client}`,
  when_tomorrow: (client) => `Demain chez ${client}`,
  when_ahead: (days, client, f) => `Dans ${n(f, days, '# jour', '# jours')} chez ${client}`,
  when_late: (date, client) => `Prévue le ${date} chez ${client}, pas encore ouverte`,
  ahead: (when, counts, f) => `${when} : ${needs(counts, f)}.`,
  onSite: (client, { done, hands, decisions }, f) =>
    hands === 0
      ? `Sur place chez ${client} : ${needs({ hands, decisions }, f)}.`
      : `Sur place chez ${client} : ${f.count(done)} sur ${n(f, hands, '# chose faite', '# choses faites')}, ${n(f, decisions, 'une décision à prendre', '# décisions à prendre')}.`,
  closing: (client, recommendations, { open }, f) =>
    recommendations === 0
      ? `Clôture de la visite chez ${client} : rien n’est recommandé.`
      : `Clôture de la visite chez ${client} : ${n(f, recommendations, 'une recommandation', '# recommandations')}, ${open === 0 ? 'toutes répondues' : n(f, open, 'une sans réponse', '# sans réponse')}.`,
  sent: (client, date) => `Le rapport de ${client} a été envoyé le ${date}.`,
  tab: (state, client) => `${state} · ${client}`,
  under: (exact, kind, author) => `${exact}, ${kind} par ${author}.`,
  underReading: (minutes, walk, f) =>
    `${n(f, minutes, 'Une minute', '# minutes')} de lecture ; le tour prend environ ${walk}.`,
  underFrozen: (at, attested, machines, f) =>
    `État figé ${at} ; ${f.count(attested)} sur ${n(f, machines, '# machine l’a signé', '# machines l’ont signé')}.`,
  life: 'Vie de la visite',
  prepare: 'Commencer à préparer',
  open: 'Ouvrir la visite…',
  openTitle: 'Ouvrir la visite maintenant ?',
  openText:
    'Cela fige un instantané de tous les faits et demande à chaque agent connecté de signer sa part. Le rapport porte sur ce moment.',
  openDo: 'Figer et ouvrir',
  openWorking: 'Les agents signent…',
  openHelp:
    'Ouvrez-la une fois sur place : cela fige un instantané de tous les faits et demande une attestation à chaque agent connecté.',
  close: 'Clore la visite',
  closeHelp:
    'Clore met fin au travail sur place ; réponses et compte rendu peuvent s’écrire jusqu’à l’envoi du rapport.',
  send: 'Envoyer le rapport…',
  sendTitle: (recipient) =>
    recipient === '' ? 'Rendre le rapport définitif ?' : `Rendre définitif le rapport pour ${recipient} ?`,
  sendText:
    'Il est composé une fois, signé et rangé, et ne change plus. Ceux qui peuvent lire la page de ce client l’y trouvent. Une correction est une nouvelle révision.',
  sendOpen: (count, f) =>
    n(
      f,
      count,
      'Une décision est sans réponse ; elle reste ouverte.',
      '# décisions sont sans réponse ; elles restent ouvertes.',
    ),
  sendDo: 'Envoyer le rapport',
  sendWorking: 'Rédaction du rapport…',
  correct: 'Corriger le rapport…',
  correctTitle: 'Corriger le rapport envoyé ?',
  correctText: 'Ce qui a été envoyé reste. La correction est la révision suivante, sur le même moment figé.',
  correctReason: 'Ce qui est corrigé, et pourquoi',
  correctDo: 'Ouvrir une correction',
  cancel: 'Annuler',
  walkLink: 'Liste du tour',
  edit: 'Changer la date…',
  editTitle: 'Quand est la visite, et pour qui ?',
  editText: 'Date, heure et nature peuvent changer jusqu’à l’ouverture de la visite.',
  save: 'Enregistrer',

  minutes: (count, f) => `${f.count(count)} min`,
  urgent: 'Ce qui ne peut pas attendre',
  urgentNone: 'Rien n’est urgent.',
  since: (date) => `Changé depuis le ${date}`,
  sinceFirst: 'Ce qui a été trouvé',
  sinceFirstMeta: 'Première visite : tout ce qui est ouvert compte comme nouveau',
  sinceNone: 'Rien n’a changé.',
  was: (what) => `c’était ${what}`,
  new: 'nouveau',
  solved: 'résolu',
  solvedProven: 'résolu, et vu en ordre depuis',
  solvedGone: 'plus trouvé',
  worse: 'aggravé',
  better: 'amélioré',
  solvedCount: (count, f) => n(f, count, '# résolu', '# résolus'),
  passingCount: (count, f) => n(f, count, '# passager', '# passagers'),
  smallCount: (count, f) => n(f, count, '# petit changement', '# petits changements'),
  appeared: (name) => `${name} est nouveau.`,
  vanished: (name) => `${name} n’est plus là.`,
  moved: (drive, counter, before, after) => `${drive} : ${counter}, de ${before} à ${after}.`,
  slipped: (job, from, to) =>
    to === null
      ? `La sauvegarde ${job} a manqué depuis le ${from} et n’est pas revenue.`
      : `La sauvegarde ${job} a manqué du ${from} au ${to}.`,
  decisions: 'Décisions encore ouvertes',
  decisionsMeta: 'Ce qui a été dit reste avec sa date ; le reste se demande sur place',
  decisionsNone: 'Aucune décision n’attend.',
  promised: 'Promis la dernière fois',
  promisedMeta: 'Ce que montrent les preuves',
  promisedNone: 'Rien n’a été promis.',
  colAction: 'Action',
  colEvidence: 'Preuve',
  colSeen: 'Ce qui a été vu',
  evidence_proven: 'Fait',
  evidence_word: 'Noté fait',
  evidence_refuted: 'Toujours là',
  evidence_open: 'Pas fait',
  seen_proven: (date) => `Le contrôle passe depuis le ${date}`,
  seen_word: 'Noté par une personne ; aucun outil ne peut le montrer',
  seen_refuted: 'Coché, mais le défaut est toujours trouvé',
  seen_open: 'Ni coché, ni vu en ordre',
  seen_dropped: 'Abandonné',
  dueBy: (who, due) => (due === null ? who : who === '' ? `avant le ${due}` : `${who}, avant le ${due}`),
  walk: 'Liste du tour',
  walkMeta: 'Dans l’ordre du tour · tient sur une page',
  walkNone: 'Rien à faire sur place.',
  walkOf: (client) => `Liste du tour : ${client}`,
  walkUnder: (date, count, time, f) => `${date} · ${n(f, count, 'une chose', '# choses')} · environ ${time}`,
  print: 'Imprimer',
  back: 'Revenir à la visite',
  toBring: 'À apporter',
  toBringNone: 'Rien de particulier.',
  bring_disk: 'Un disque',
  bring_cable: 'Un câble',
  'bring_backup-drive': 'Un disque de sauvegarde',
  bring_battery: 'Une batterie',
  bring_memory: 'De la mémoire',
  bringFor: (names) => `pour ${names}`,
  placeUnknown: 'Lieu non connu',
  people: 'Personnes',
  personFor: 'lit le rapport et décide',
  personBy: 'fait la visite',
  lastVisit: 'Dernière visite',
  lastVisitNone: 'Aucune avec Rounds.',
}
