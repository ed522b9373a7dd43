/** French texts of the visit report. Written for a manager: work, days, money, dates. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { VisitReportCoverText } from '../visit-report-text.ts'

const machines = (f: Formatter, n: number) => counted(f, n, '# poste', '# postes')

/** A client with one machine has no “1 des 1 poste”. */
const someOf = (f: Formatter, n: number, total: number) =>
  total === 1 ? 'l’unique poste' : `${f.count(n)} des ${machines(f, total)}`

/** French texts of the visit report. */
export const visitReport: VisitReportCoverText = {
  title: 'Rapport de visite',
  documentTitle: (client, date) => `Rapport de visite, ${client}, ${date}`,
  footer: (owner, title, date, revision, f) =>
    `Document confidentiel, propriété de ${owner}. ${title}, ${date}, révision ${f.count(revision)}.`,
  word_urgent: 'urgent',
  word_attention: 'attention',
  word_note: 'à noter',
  'word_not-proven': 'non prouvé',
  word_accepted: 'accepté',
  word_good: 'bon',
  dialLegend: 'Petit cercle sur un cadran : position à la visite précédente.',
  shapesLegend: 'Formes :',
  dial_backup: 'Sauvegarde',
  dial_disk: 'Disques',
  dial_patch: 'Mises à jour',
  dial_antivirus: 'Antivirus',
  dial_posture: 'Accès et chiffrement',
  topic_machine: 'Les postes eux-mêmes',
  visitLine: (date, from, days) =>
    from === null
      ? `Visite du ${date}. Première visite avec Rounds.`
      : `Visite du ${date}, période depuis le ${from} (${days})`,
  sitesLine: (sites, recipient) =>
    [sites, recipient === '' ? '' : `Pour ${recipient}`].filter((one) => one !== '').join('. '),
  sentence_urgent: ({ topics, where }) => `${topics} : à traiter sans attendre sur ${where}.`,
  sentence_attention: ({ topics, where }) => `Rien n’est urgent. ${topics} : à traiter sur ${where}.`,
  'sentence_not-proven': ({ unknown, total }, f) =>
    `Rien de mauvais n’a été trouvé, mais sur ${someOf(f, unknown, total)} quelque chose n’a pas pu être lu.`,
  'sentence_not-proven-accepted': ({ unknown, total }, f) =>
    `Rien d’autre de mauvais n’a été trouvé que les risques que vous avez acceptés, mais sur ${someOf(f, unknown, total)} quelque chose n’a pas pu être lu.`,
  sentence_accepted: ({ bad, total }, f) =>
    `Rien d’autre à signaler que les risques que vous avez acceptés, sur ${someOf(f, bad, total)}.`,
  sentence_good: ({ total }, f) =>
    `Ce que nous vérifions sur ${machines(f, total)} a pu être lu, et est comme il doit être.`,
  sentence_empty: 'Aucun poste ne rend encore compte : rien n’est prouvé.',
  some: (n, total, f) => someOf(f, n, total),
  text_attention: (n, f) =>
    f.plural(n, {
      one: 'Un autre poste demande attention.',
      other: `${f.count(n)} autres postes demandent attention.`,
    }),
  text_unknown: (n, names, f) =>
    f.plural(n, {
      one: `Sur un poste, quelque chose n’a pas pu être lu : ${names}.`,
      other: `Sur ${f.count(n)} postes, quelque chose n’a pas pu être lu : ${names}.`,
    }),
  text_accepted: (n, until, f) =>
    f.plural(n, {
      one: `Un risque est accepté, jusqu’au ${until}.`,
      other: `${f.count(n)} risques sont acceptés, le premier jusqu’au ${until}.`,
    }),
  text_decisions: (n, f) =>
    f.plural(n, { one: 'Une décision vous attend.', other: `${f.count(n)} décisions vous attendent.` }),
  andMore: (n, f) => counted(f, n, '# autre', '# autres'),
  movement_same: 'Comme à la visite précédente',
  movement_better: (before) => `Mieux : c’était ${before}`,
  movement_worse: (before) => `Moins bien : c’était ${before}`,
  movement_other: (before) => `C’était ${before}`,
  dialCounts: (good, bad, unknown, accepted, f) =>
    [
      `bon sur ${f.count(good)}`,
      `mauvais sur ${f.count(bad)}`,
      `non connu sur ${f.count(unknown)}`,
      ...(accepted > 0 ? [f.plural(accepted, { one: 'accepté 1', other: `acceptés ${f.count(accepted)}` })] : []),
    ].join(', '),
  dialAlt: (name, word, movement, counts) =>
    movement === '' ? `${name} : ${word} ; ${counts}.` : `${name} : ${word}. ${movement} ; ${counts}.`,
  figure_solved: (n, f) => f.plural(n, { one: 'point résolu', other: 'points résolus' }),
  figure_new: (n, f) => f.plural(n, { one: 'nouveau point', other: 'nouveaux points' }),
  figure_open: (n, f) => f.plural(n, { one: 'point ouvert', other: 'points ouverts' }),
  figure_machines: (n, f) => f.plural(n, { one: 'poste examiné', other: 'postes examinés' }),
  figure_decisions: (decided, open, f) =>
    `${f.plural(decided + open, { one: 'décision', other: 'décisions' })} : ${f.plural(decided, { one: `${f.count(decided)} prise`, other: `${f.count(decided)} prises` })}, ${f.plural(open, { one: `${f.count(open)} vous attend`, other: `${f.count(open)} vous attendent` })}`,
  figure_restores: (n, f) => f.plural(n, { one: 'restauration essayée', other: 'restaurations essayées' }),
  cost: (time, done, f) =>
    `Noté pendant cette visite : ${time} de travail sur ${counted(f, done, '# point', '# points')}.`,
}
