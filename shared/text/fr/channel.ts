/** French texts of messages. Pure. */
import type { ChannelText } from '../channel-text.ts'
import { counted } from '../counted.ts'

/** The French texts of mail and webhooks. */
export const channel: ChannelText = {
  state: {
    critical: 'Urgent',
    warning: 'Attention',
    info: 'À noter',
    solved: 'Résolu',
    stillOpen: 'Toujours ouvert',
    test: 'Essai',
  },
  subject: ({ client, site, machines, about, count }, f) =>
    count === 1
      ? `${machines[0] ?? ''} : ${about} (${client})`
      : `${counted(f, count, '# constat', '# constats')} à ${site} (${client})`,
  lead: {
    alert: ({ client, site, machines, count }, f) =>
      count === 1
        ? `${machines[0] ?? ''}, chez ${client}, ${site}, demande une intervention.`
        : `${counted(f, count, '# constat', '# constats')} sur ${counted(f, machines.length, '# machine', '# machines')} chez ${client}, ${site}.`,
    reminder: ({ client, site, count }, f) =>
      `${counted(f, count, '# constat est', '# constats sont')} toujours ${f.plural(count, { one: 'ouvert', other: 'ouverts' })} chez ${client}, ${site}.`,
    recovery: ({ client, site, count }, f) =>
      `${counted(f, count, '# constat est résolu', '# constats sont résolus')} chez ${client}, ${site}.`,
  },
  since: (moment) => `Depuis : ${moment}.`,
  solvedAt: (moment, span) => `Résolu depuis : ${moment}, après ${span}.`,
  looked: 'Ce qui a été examiné',
  todo: 'À faire',
  means: 'Ce que cela signifie',
  open: 'Ouvrir dans Rounds',
  number: (n, f) => `Constat ${f.count(n)}`,
  footer: (name) =>
    `Envoyé par Rounds par le canal ${name}. La personne qui gère le serveur peut changer qui reçoit ces messages.`,
  testSubject: (name) => `canal ${name}`,
  testBody: (name) =>
    `Ce message prouve que le canal ${name} fonctionne. Quelqu'un a lancé un essai ; rien n'est en panne.`,
}
