/** French texts of the last parts and the annexes of the visit report. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { VisitReportEndText } from '../visit-report-text.ts'

const machines = (f: Formatter, n: number) => counted(f, n, '# poste', '# postes')

/** French texts of the last parts of the visit report. */
export const visitReportEnd: VisitReportEndText = {
  next: 'Et maintenant',
  col_action: 'Action',
  col_who: 'Qui',
  col_due: 'Avant le',
  nextNone: 'Aucune action n’est ouverte.',
  doneToday: (time) => (time === null ? 'Fait pendant cette visite' : `Fait pendant cette visite, ${time}`),
  col_done: 'Fait',
  col_duration: 'Durée',
  restoreDone: (what, machine) => `Restauration essayée : ${what}, ${machine}`,
  dates: 'Dates à venir',
  col_date: 'Date',
  col_dateWhat: 'Quoi',
  date_support: (os, names) => `${os} : plus de correctifs de sécurité (${names})`,
  date_accepted: (risk) => `Fin d’un risque accepté : ${risk}`,
  date_deferred: (what) => `À décider de nouveau : ${what}`,
  date_due: (what, who) => (who === '' ? what : `${what} (${who})`),
  nextVisit: 'Prochaine visite :',
  unseen: 'Ce que nous n’avons pas pu voir',
  unseenNone: 'Tout ce qui est vérifié a pu être lu.',
  unseenItem: (name, n, f) => `${name} : non prouvé sur ${machines(f, n)}`,
  unseenDetail: (names, why) => `${names} : ${why}`,
  col_measured: 'Mesuré',
  col_amount: 'Combien',
  cover_machines: 'Postes concernés',
  cover_heard: 'Ont rendu compte à leur rythme',
  cover_never: 'Jamais entendus',
  cover_silent: 'Muets, et pas absents comme d’habitude',
  cover_away: 'Absents comme d’habitude, avec leur dernier état prouvé',
  cover_good: 'Vérifications réussies',
  cover_bad: 'Points ouverts',
  cover_unknown: 'Vérifications sans réponse',
  cover_signed: 'Postes qui ont signé cet état',
  ofAll: (n, total, f) => `${f.count(n)} sur ${f.count(total)}`,
  glossary:
    'Non prouvé : aucun outil n’a pu le lire, et nous ne devinons pas. Accepté : une personne nommée a pris le risque jusqu’à une date. Bon : lu, et comme il doit être.',
  verify:
    'Pour vérifier ce fichier : gardez-le à côté de son .evidence.json et lancez « server verify FICHIER ». Cela prouve ce qui a été enregistré et que rien n’a changé depuis ; cela ne prouve pas que celui qui tient le serveur a été honnête.',
  minutes: 'Compte rendu',
  method: 'Méthode et mots',
  method_1: (at, f, n) =>
    `L’état de ${machines(f, n)} a été figé à l’ouverture de la visite, ${at}. Tout ce rapport est calculé à partir de cet état, de ce qui a été noté pendant la visite, et de l’état figé à la visite précédente.`,
  method_2:
    'De petits programmes sur les postes lisent ce que disent le système et ses outils, et l’envoient, signé, à un seul serveur. On ne peut rien leur faire faire. Des règles aux limites publiées jugent ce qui a été lu ; ce qui n’a pas pu être lu n’est jamais compté comme bon.',
  method_3:
    'Un cadran est urgent tant qu’un point urgent est ouvert sur un poste, non prouvé quand un serveur ou plus d’un cinquième des postes n’ont pas pu être lus, attention tant que quelque chose est ouvert, accepté ou non connu, et bon seulement quand rien de cela n’est vrai.',
  words: 'Mots',
  words_urgent: 'ne peut pas attendre la prochaine visite',
  words_attention: 'à traiter lors d’une visite',
  words_note: 'bon à savoir, rien à faire maintenant',
  'words_not-proven': 'n’a pas pu être lu, ou est trop ancien pour compter',
  words_accepted: 'une personne nommée a pris le risque jusqu’à une date',
  words_good: 'lu, et comme il doit être',
  versions: 'Versions',
  version_server: 'Serveur',
  version_agents: 'Agents',
  attestations: 'Attestations',
  attestationsText: (n, total, f) =>
    f.plural(n, {
      one: `${machines(f, n)} sur ${f.count(total)} a signé son état pour cette visite avec une clé qui ne le quitte jamais. Les signatures sont dans le fichier de preuves.`,
      other: `${machines(f, n)} sur ${f.count(total)} ont signé leur état pour cette visite avec une clé qui ne les quitte jamais. Les signatures sont dans le fichier de preuves.`,
    }),
  col_state: 'État',
  col_machine: 'Poste',
  col_attestedAt: 'Signé le',
  col_key: 'Clé',
  col_digest: 'Empreinte',
  notSigned: 'n’a pas répondu',
}
