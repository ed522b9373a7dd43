/** English texts of messages. Pure. */
import type { ChannelText } from '../channel-text.ts'
import { counted } from '../counted.ts'

/** The English texts of mail and webhooks. */
export const channel: ChannelText = {
  state: {
    critical: 'Urgent',
    warning: 'Attention',
    info: 'Note',
    solved: 'Solved',
    stillOpen: 'Still open',
    test: 'Test',
    visit: 'Visit',
  },
  subject: ({ client, site, machines, about, count }, f) =>
    count === 1
      ? `${machines[0] ?? ''}: ${about} (${client})`
      : `${counted(f, count, '# finding', '# findings')} at ${site} (${client})`,
  lead: {
    alert: ({ client, site, machines, count }, f) =>
      count === 1
        ? `${machines[0] ?? ''} at ${client}, ${site}, needs somebody.`
        : `${counted(f, count, '# finding', '# findings')} on ${counted(f, machines.length, '# machine', '# machines')} at ${client}, ${site}.`,
    reminder: ({ client, site, count }, f) =>
      `${counted(f, count, '# finding is', '# findings are')} still open at ${client}, ${site}.`,
    recovery: ({ client, site, count }, f) =>
      `${counted(f, count, '# finding is', '# findings are')} over at ${client}, ${site}.`,
  },
  visit: {
    subject: ({ client, when, span }) => `${client}, ${when} (in ${span})`,
    lead: ({ client, kind, when, span }) => `${client}: ${kind} on ${when}, in ${span}.`,
    heading: ({ author }) => `Made by ${author}`,
    prepare:
      'Open its page: what cannot wait, what changed since the last visit, what was promised, and the walk list to print.',
    footer: 'Sent by Rounds 7 days and 1 day before a visit. Whoever plans the visit can move it or take it out.',
  },
  since: (moment) => `Since ${moment}.`,
  solvedAt: (moment, span) => `Over since ${moment}, after ${span}.`,
  looked: 'Looked at',
  todo: 'What to do',
  means: 'What it means',
  told: 'What was told',
  open: 'Open in Rounds',
  more: (n, f) => counted(f, n, 'And # more finding.', 'And # more findings.'),
  number: (n, f) => `Finding ${f.count(n)}`,
  footer: (name) =>
    `Sent by Rounds through the channel ${name}. Whoever looks after the server can change who gets this.`,
  testSubject: (name) => `channel ${name}`,
  testBody: (name) =>
    `This message proves that the channel ${name} works. Somebody pressed the test button; nothing is wrong.`,
  failures: {
    'no-mail-server': 'No mail server is set. Set it: channel mail.',
    sealed: 'The secret of this channel was sealed by another installation. Enter it again.',
    unreachable: 'The other side could not be reached. Check name, port and firewall.',
    timeout: 'The other side did not answer in time. It is tried again.',
    tls: 'The encrypted connection failed. Check the certificate of the other side and the TLS setting.',
    auth: 'The mail server refused user or password. Enter them again.',
    refused: 'The mail server refused the message. Check sender and recipient.',
    broken: 'The other side did not follow its protocol. Check the address.',
    'address-not-allowed':
      'The address lies in a network that webhooks may not reach. An owner can name the network for this channel.',
    redirected: 'The other side sent a redirect, which is not followed. Enter the final address.',
    status: 'The other side answered with an error. Check the address and what receives it.',
  },
}
