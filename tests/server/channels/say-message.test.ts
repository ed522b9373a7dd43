/** Words of a message: state first, technician and manager apart, both languages, nothing that is not one clean line. */
import { describe, expect, it } from 'vitest'
import { composeMail } from '../../../server/channels/mail/compose-mail.ts'
import { oneLine } from '../../../server/channels/one-line.ts'
import { type SaidMessage, sayMessage } from '../../../server/channels/say-message.ts'
import { composeWebhook } from '../../../server/channels/webhook/compose-webhook.ts'
import { over } from '../../support/told-world.ts'
import { AT, aMessage } from './a-message.ts'

const textOf = (said: SaidMessage) => composeMail(said, 'en').text
const [problem] = aMessage().problems
if (problem === undefined) throw new Error('a message has a problem')
const solved = { ...problem, finding: { ...over(problem.finding, AT + 3_600_000), number: 12 } }

describe('the subject', () => {
  it('begins with how things stand', () => {
    expect(sayMessage(aMessage()).subject).toBe('Urgent: SRV-01: Room for files (Bakery)')
    expect(sayMessage(aMessage({ kind: 'recovery', problems: [solved] })).subject).toMatch(/^Solved: /)
    expect(sayMessage(aMessage({ kind: 'reminder' })).subject).toMatch(/^Still open: /)
    expect(sayMessage(aMessage({ kind: 'test', problems: [] })).subject).toBe('Test: channel on call')
    expect(sayMessage(aMessage({ language: 'fr' })).subject).toMatch(/^Urgent\u00a0?: |^Urgent: /)
  })

  it('counts where there is more than one', () => {
    const said = sayMessage(aMessage({ problems: [problem, solved] }))
    expect(said.subject).toBe('Urgent: 2 findings at Main (Bakery)')
  })
})

describe('the two texts', () => {
  it('tell a technician what was looked at and what to do', () => {
    const text = textOf(sayMessage(aMessage()))
    expect(text).toContain('/srv has room for only 12 more files')
    expect(text).toMatch(/Looked at: .*\n.*What to do: /)
    expect(text).toContain('Finding 12')
  })

  it('tell a manager what it means, without rules, commands or numbers of findings', () => {
    const text = textOf(sayMessage(aMessage({ audience: 'manager' })))
    expect(text).toContain('What it means: ')
    expect(text).not.toMatch(/inodes|du --|Finding 12|disk\//)
  })

  it('say when it ended, and after how long', () => {
    const text = textOf(sayMessage(aMessage({ kind: 'recovery', problems: [solved] })))
    expect(text).toContain('Over since Sun 22 Nov 2026, 10:00:00 UTC, after 1 hour.')
    expect(text).toContain('What was told: /srv has room for only 12 more files')
    expect(text).not.toContain('What to do')
  })

  it('exist in French, with French spacing', () => {
    const text = textOf(sayMessage(aMessage({ language: 'fr' })))
    expect(text).toContain('À faire')
    expect(text).not.toMatch(/What to do|Looked at|Since/)
  })
})

describe('a long list', () => {
  it('is cut where nobody reads on, and says so', () => {
    const said = sayMessage(aMessage({ problems: Array.from({ length: 40 }, () => problem) }))
    expect(said.problems.length).toBe(25)
    expect(textOf(said)).toContain('And 15 more findings.')
  })
})

describe('links', () => {
  it('stand there only when there is an address that leads somewhere', () => {
    expect(textOf(sayMessage(aMessage()))).toContain('https://rounds.example.org/c/bakery/f/12')
    const unlinked = aMessage({ problems: [{ ...problem, url: null }] })
    const { html, text } = composeMail(sayMessage(unlinked), 'en')
    expect(html + text).not.toMatch(/https?:/)
    expect(JSON.parse(composeWebhook(unlinked)).findings[0].url).toBe(null)
  })
})

describe('the body of a webhook', () => {
  it('has the promised shape, and is the same at every attempt', () => {
    const body = JSON.parse(composeWebhook(aMessage()))
    expect(Object.keys(body).toSorted()).toEqual(
      ['client', 'createdAt', 'findings', 'id', 'kind', 'schema', 'severity', 'site', 'summary', 'thread'].toSorted(),
    )
    expect(body).toMatchObject({ schema: 1, kind: 'alert', severity: 'critical', createdAt: AT })
    expect(body.findings[0]).toMatchObject({ number: 12, check: 'disk', rule: 'disk/inodes-low', item: '/srv' })
    expect(composeWebhook(aMessage())).toBe(composeWebhook(aMessage()))
  })
})

describe('oneLine', () => {
  it.each([
    ['a\r\nBcc: x@evil.example', 'a Bcc: x@evil.example'],
    ['a\u0000b\u202ec\u2028d', 'a b c d'],
    ['  spaces stay  inside ', 'spaces stay  inside'],
    ['x'.repeat(50), `${'x'.repeat(39)}…`],
    ['\ud800', '\ufffd'],
  ])('%j', (text, expected) => {
    expect(oneLine(text, 40)).toBe(expected)
  })
})
