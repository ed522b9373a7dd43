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
    visit: 'Visite',
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
  visit: {
    subject: ({ client, when, span }) => `${client}, ${when} (dans ${span})`,
    lead: ({ client, kind, when, span }) => `${client} : ${kind} le ${when}, dans ${span}.`,
    heading: ({ author }) => `Intervenant : ${author}`,
    prepare:
      'Ouvrez sa page : ce qui ne peut pas attendre, ce qui a changé depuis la dernière visite, ce qui était promis et la liste de passage à imprimer.',
    footer:
      'Envoyé par Rounds 7 jours et 1 jour avant une visite. La personne qui planifie la visite peut la déplacer ou la retirer.',
  },
  since: (moment) => `Depuis : ${moment}.`,
  solvedAt: (moment, span) => `Résolu depuis : ${moment}, après ${span}.`,
  looked: 'Ce qui a été examiné',
  todo: 'À faire',
  means: 'Ce que cela signifie',
  told: 'Ce qui avait été signalé',
  open: 'Ouvrir dans Rounds',
  more: (n, f) => counted(f, n, 'Et # autre constat.', 'Et # autres constats.'),
  number: (n, f) => `Constat ${f.count(n)}`,
  footer: (name) =>
    `Envoyé par Rounds par le canal ${name}. La personne qui gère le serveur peut changer qui reçoit ces messages.`,
  testSubject: (name) => `canal ${name}`,
  testBody: (name) =>
    `Ce message prouve que le canal ${name} fonctionne. Quelqu'un a lancé un essai ; rien n'est en panne.`,
  failures: {
    'no-mail-server': "Aucun serveur de messagerie n'est défini. Définissez-le : channel mail.",
    sealed: 'Le secret de ce canal a été scellé par une autre installation. Saisissez-le à nouveau.',
    unreachable: "Le destinataire n'a pas pu être joint. Vérifiez le nom, le port et le pare-feu.",
    timeout: "Le destinataire n'a pas répondu à temps. Un nouvel essai suivra.",
    tls: 'La connexion chiffrée a échoué. Vérifiez le certificat du destinataire et le réglage TLS.',
    auth: "Le serveur de messagerie a refusé l'utilisateur ou le mot de passe. Saisissez-les à nouveau.",
    refused: "Le serveur de messagerie a refusé le message. Vérifiez l'expéditeur et le destinataire.",
    broken: "Le destinataire n'a pas respecté son protocole. Vérifiez l'adresse.",
    'address-not-allowed':
      "L'adresse se trouve dans un réseau interdit aux webhooks. Un propriétaire peut autoriser ce réseau pour ce canal.",
    redirected: "Le destinataire a répondu par une redirection, qui n'est pas suivie. Saisissez l'adresse finale.",
    status: "Le destinataire a répondu par une erreur. Vérifiez l'adresse et ce qui la reçoit.",
  },
}
