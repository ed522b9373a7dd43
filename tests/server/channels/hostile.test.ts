/**
 * A hundred hostile texts and every way to break a header, in the names of machine, volume and job, through mail and webhook over real
 * connections: literal text, no header more, no markup, nothing fetched (security T29).
 */
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeMail } from '../../../server/channels/mail/compose-mail.ts'
import { sendMail } from '../../../server/channels/mail/send-mail.ts'
import type { Message } from '../../../server/channels/message.ts'
import { oneLine } from '../../../server/channels/one-line.ts'
import { sayMessage } from '../../../server/channels/say-message.ts'
import { composeWebhook } from '../../../server/channels/webhook/compose-webhook.ts'
import { postJson } from '../../../server/channels/webhook/post-json.ts'
import { signedHeaders } from '../../../server/channels/webhook/sign.ts'
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts'
import { type MailReceiver, startMailReceiver } from '../../support/mail-receiver.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'
import { AT, aMessage } from './a-message.ts'

let smtp: MailReceiver
let hook: WebhookReceiver
let canary: http.Server
let fetched = 0
let HEADERS: readonly string[] = []

beforeAll(async () => {
  ;[smtp, hook] = await Promise.all([startMailReceiver(), startWebhookReceiver()])
  canary = http.createServer((_, response) => {
    fetched += 1
    response.end()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  const plain = await mail(aMessage())
  HEADERS = [...plain.headers.keys()]
})
afterAll(async () => {
  await Promise.all([smtp.close(), hook.close()])
  canary.close()
})

const BREAKERS = [
  'a\r\nBcc: x@evil.example',
  'a\nX-Injected: yes',
  'a\r\n\r\n<b>body</b>',
  'a\r\n.\r\nMAIL FROM:<x@evil.example>',
  'a\u0000b\r\nSubject: other',
  '=?utf-8?B?PHNjcmlwdD4=?=',
  '=?utf-8?Q?=0D=0ABcc:_x=40evil.example?=',
  '"x" <x@evil.example>, y@evil.example',
  'a\u0085Bcc: x',
  'a\u2028X-Injected: yes',
  'a\u2029X-Injected: yes',
  'a\u000bX-Injected: yes',
  'a\u000cX-Injected: yes',
  'x'.repeat(5_000),
  '\u{1f600}'.repeat(300),
]

/** The text in the name of the machine, of the volume, of a job, of client, site and channel. */
function messagesWith(text: string): readonly Message[] {
  const inNames = aMessage(
    { site: text, channelName: text, client: { id: 'c1', slug: 'bakery', name: text } },
    text,
    text,
  )
  const [problem] = inNames.problems
  if (problem === undefined) throw new Error('a message has a problem')
  const values = { job: text, result: 'failed' as const, lastRunAt: AT }
  const finding = { ...problem.finding, rule: 'backup/last-run-failed' as const, item: text, values }
  return [inNames, { ...inNames, problems: [{ ...problem, finding }] }, { ...inNames, audience: 'manager' }]
}

/** One mail among several under way is found by whom it is for. */
async function mail(message: Message, to = 'anna@example.org') {
  const settings = { host: '127.0.0.1', port: smtp.port, tls: 'none', user: null, from: 'rounds@example.org' } as const
  const envelope = { to, key: message.key, rootKey: message.rootKey, createdAt: message.createdAt }
  const composed = composeMail(sayMessage(message), message.language)
  expect(await sendMail(settings, null, { ...composed, ...envelope })).toEqual({ ok: true, value: null })
  const got = smtp.mails.find((one) => one.to.includes(to))
  if (got === undefined) throw new Error('no mail arrived')
  return got
}

const TAGS = /^<(?:!doctype html|\/?(?:html|head|title|body|p|h2|strong|a|meta)(?: [^<>]*)?)>$/
const unescaped = (html: string) =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

/** A mail waits for its server most of the time: twenty at once. */
async function eachOfSeveral<T>(all: readonly T[], work: (one: T, n: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += 20) {
    await Promise.all(all.slice(at, at + 20).map((one, i) => work(one, at + i)))
  }
}

const TEXTS = [...HOSTILE_TEXTS, ...BREAKERS]

describe('hostile texts', () => {
  it('are as many as promised', () => {
    expect(HOSTILE_TEXTS.length).toBe(100)
  })

  it('are literal text in mail: no header more, no tag of theirs, no address but ours', async () => {
    const all = TEXTS.flatMap((text) => messagesWith(text).map((message) => ({ text, message })))
    await eachOfSeveral(all, async ({ text, message }, n) => {
      const to = `anna+${n}@example.org`
      const got = await mail(message, to)
      const about = JSON.stringify(text.slice(0, 60))
      expect([...got.headers.keys()], about).toEqual(HEADERS)
      expect(got.to, about).toEqual([to])
      expect(got.headers.get('from'), about).toBe('Rounds <rounds@example.org>')
      expect(got.headers.get('message-id'), about).toBe(`<${'a'.repeat(32)}@example.org>`)
      for (const tag of got.html.match(/<[^>]*>/g) ?? []) expect(tag, about).toMatch(TAGS)
      const links = [...got.html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)
      expect(links, about).toEqual(['https://rounds.example.org/c/bakery/f/12'])
      const name = oneLine(text, 80)
      // nodemailer ends lines itself; a line of the message is one line.
      expect(got.text.replace(/\r\n/g, '\n'), about).toContain(name)
      expect(unescaped(got.html), about).toContain(name)
      expect(got.subject, about).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e\u2066]/u)
      expect(got.subject.startsWith('Urgent: '), about).toBe(true)
    })
  }, 120_000)

  it('are data in a webhook: byte for byte in the body, nowhere in the headers', async () => {
    const plainHeaders = ['host', 'content-type', 'content-length', 'user-agent', 'connection']
    const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'idempotency-key']
    for (const text of TEXTS) {
      const [message] = messagesWith(text)
      if (message === undefined) throw new Error('no message')
      const body = composeWebhook(message)
      const headers = signedHeaders('whsec_AAAA', message.key, 1, body)
      const options = { url: hook.url, headers, body, allowedNetworks: ['127.0.0.0/8'] }
      expect(await postJson(options)).toEqual({ ok: true, value: null })
      const got = hook.hooks.at(-1)
      const about = JSON.stringify(text.slice(0, 60))
      expect(Object.keys(got?.headers ?? {}).toSorted(), about).toEqual([...plainHeaders, ...signed].toSorted())
      const parsed = JSON.parse(got?.body ?? '')
      // JSON cannot hold half a character; everything else comes as it was.
      expect(parsed.findings[0].machine.name, about).toBe(text)
      expect(parsed.findings[0].item, about).toBe(text)
    }
  }, 120_000)

  it('made nobody fetch anything', async () => {
    const { port } = canary.address() as { port: number }
    const texts = [
      `<img src="http://127.0.0.1:${port}/x">`,
      `![x](http://127.0.0.1:${port}/)`,
      `url(http://127.0.0.1:${port}/)`,
    ]
    for (const text of texts) for (const message of messagesWith(text)) await mail(message)
    expect(fetched).toBe(0)
  })
})
