/** Who is told: every end of a channel once, people only of what they may see. */
import { describe, expect, it } from 'vitest'
import type { Channel } from '../../../server/channels/channel.ts'
import { endsOf, everyEndOf } from '../../../server/outbox/end.ts'
import type { Person } from '../../../server/store/store.ts'
import { MAIL } from './a-dispatch.ts'

const ANNA: Person = {
  ...{ id: 'p1', email: 'anna@example.org', name: 'Anna', role: 'viewer', language: 'fr', clientIds: ['a'] },
}
const mailTo = (personIds: readonly string[], addresses: readonly string[]): Channel => ({
  ...MAIL,
  kind: 'email',
  settings: { personIds, addresses, audience: 'technician' },
})
const recipients = (channel: Channel) => everyEndOf(channel, [ANNA]).map(({ recipient }) => recipient)

describe('an address that is written in two ways', () => {
  it('is told once, in the language of the person whose it is', () => {
    expect(recipients(mailTo(['p1'], ['Anna@Example.org']))).toEqual(['person:p1'])
  })

  it('is told once, where nobody signs in with it', () => {
    const channel = mailTo([], ['Office@example.org', 'office@Example.org', 'b@example.org'])
    expect(recipients(channel)).toEqual(['address:Office@example.org', 'address:b@example.org'])
  })

  it('opens no client to a person who may not see it', () => {
    const channel = mailTo(['p1'], ['ANNA@example.org'])
    expect(endsOf(channel, [ANNA], 'a')).toHaveLength(1)
    expect(endsOf(channel, [ANNA], 'b')).toEqual([])
  })
})
