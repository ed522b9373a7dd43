/** A message about one critical finding, with whatever a test changes. */
import type { Message } from '../../../server/channels/message.ts'
import { aFired } from '../../support/told-world.ts'

export const AT = Date.UTC(2026, 10, 22, 9)

/** @param item the volume; also in the finding's values. */
export function aMessage(change: Partial<Message> = {}, item = '/srv', machine = 'SRV-01'): Message {
  return {
    ...{ key: 'a'.repeat(32), rootKey: 'a'.repeat(32), kind: 'alert', createdAt: AT, channelName: 'on call' },
    ...{ language: 'en', audience: 'technician', timeZone: 'UTC', site: 'Main' },
    visit: null,
    client: { id: 'c1', slug: 'bakery', name: 'Bakery' },
    problems: [
      {
        finding: { ...aFired(item, AT), number: 12 },
        machine: { id: 'm1', name: machine },
        url: 'https://rounds.example.org/c/bakery/f/12',
      },
    ],
    ...change,
  }
}
