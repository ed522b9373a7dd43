/** French texts of the page of a client's own people: words of a manager, no rule, no severity. Pure. */
import { counted as n } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { PortalText } from '../visits-text.ts'

const waiting = (decisions: number, f: Formatter) =>
  decisions === 0 ? '' : ` ${n(f, decisions, 'Une décision vous attend.', '# décisions vous attendent.')}`

/** The French texts of the portal, by key. */
export const portal: PortalText = {
  navOverview: 'Vue d’ensemble',
  navDecisions: 'Décisions',
  navReports: 'Rapports de visite',
  navMachines: 'Postes',
  navData: 'Ce qui est relevé',
  asOf: (client, person, at) => `${client} · ${person} · à ${at}`,
  title: ({ urgent, attention, unknown, decisions }, f) => {
    const blind = n(f, unknown, 'une n’a pas pu être lue', '# n’ont pas pu être lues')
    const bad =
      urgent > 0
        ? n(f, urgent, 'Une chose ne peut pas attendre', '# choses ne peuvent pas attendre')
        : n(f, attention, 'Une chose demande attention', '# choses demandent attention')
    if (urgent + attention > 0) return `${bad}${unknown > 0 ? `, ${blind}` : ''}.${waiting(decisions, f)}`
    if (unknown > 0)
      return `${n(f, unknown, 'Une chose n’a pas pu être lue', '# choses n’ont pas pu être lues')}, rien de mauvais n’est connu.${waiting(decisions, f)}`
    return `Rien de mauvais n’est connu.${waiting(decisions, f)}`
  },
  titleOne: (text, decisions, f) => `${text}${waiting(decisions, f)}`,
  titleEmpty: 'Aucun poste ne rend encore compte : rien n’est prouvé.',
  next: (author, when) => `${author} vient ${when}.`,
  nextNone: 'La prochaine visite n’est pas encore prévue.',
  acceptedCount: (count, f) => n(f, count, 'Un risque est accepté.', '# risques sont acceptés.'),
  dials: 'État, et mouvement depuis la dernière visite',
  dial_backup: 'Sauvegarde',
  dial_disk: 'Disques',
  dial_patch: 'Mises à jour',
  dial_antivirus: 'Antivirus',
  dial_posture: 'Accès et chiffrement',
  movement_same: 'Comme avant',
  movement_better: (before) => `Mieux, c’était ${before}`,
  movement_worse: (before) => `Moins bien, c’était ${before}`,
  movement_other: (before) => `C’était ${before}`,
  word_urgent: 'urgent',
  word_attention: 'attention',
  word_note: 'à noter',
  'word_not-proven': 'non prouvé',
  word_accepted: 'accepté',
  word_good: 'bon',
  counts: (good, bad, unknown, accepted, f) =>
    [
      `Bon sur ${f.count(good)}`,
      `mauvais sur ${f.count(bad)}`,
      `non connu sur ${f.count(unknown)}`,
      ...(accepted > 0 ? [`accepté sur ${f.count(accepted)}`] : []),
    ].join(', '),
  decide: 'Ce que nous vous demandons de décider',
  decideMay: (client) => `Vous pouvez décider pour ${client}`,
  decideReads: 'Vous lisez cette page ; quelqu’un d’autre décide',
  decideNone: 'Rien n’attend votre décision.',
  decideFoot:
    'Rien n’est choisi pour vous. Une réponse est gardée avec votre nom et l’heure, et peut changer jusqu’à la date ci-dessus. Les lecteurs sans droit de décider voient les questions et les réponses, pas les boutons.',
  answer_do: 'Le faire',
  answer_defer: 'Plus tard…',
  answer_accept: 'Accepter le risque…',
  answer_ask: 'En parler',
  notTaken: (why) => `La réponse n’a pas été prise : ${why}`,
  handled: 'Pris en charge, rien à faire pour vous',
  handledNone: 'Rien n’est en cours de traitement.',
  handledOn: (names) => names,
  planned: 'à la prochaine visite',
  acceptedUntil: (by, until) => `accepté par ${by} jusqu’au ${until}`,
  reports: 'Rapports de visite',
  reportsNone: 'Aucun encore.',
  reportOf: (date) => `Visite du ${date}`,
  reportRevision: (revision, f) => `révision ${f.count(revision)}`,
  html: 'Lire',
  pdf: 'PDF',
  machines: 'Postes suivis',
  machinesNone: 'Aucun encore.',
  colMachine: 'Poste',
  colRole: 'Rôle',
  colStanding: 'État',
  colHeard: 'Entendu',
  yours: 'Tout ici est à vous',
  collects: 'Ce que relèvent les programmes sur vos postes',
  collect_disk: 'La santé et la place libre des disques',
  collect_backup: 'Quand les sauvegardes ont tourné, et vers où',
  collect_patch: 'Les mises à jour en attente, et l’âge du système',
  collect_antivirus: 'Si la protection tourne et est à jour',
  collect_posture: 'Pare-feu, accès à distance et qui est administrateur',
  collect_system: 'Modèle, mémoire, batterie et redémarrages',
  collectNever:
    'Jamais de noms de fichiers, documents, courriers, navigation ni frappes : le programme n’a pas de code pour cela. Il ne peut que rapporter ; personne ne peut le commander.',
  readers: (count, f) => n(f, count, '# personne peut voir cette page', '# personnes peuvent voir cette page'),
  reader_decides: 'peut décider',
  reader_reads: 'lit',
  reader_operator: 's’occupe de vos postes',
}
