/** Mail over a real SMTP connection: thread, sign-in, and what is known after each way to fail. */
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailServerSettings } from '../../../server/channels/channel.ts'
import { composeMail } from '../../../server/channels/mail/compose-mail.ts'
import { sendMail } from '../../../server/channels/mail/send-mail.ts'
import type { Message } from '../../../server/channels/message.ts'
import { sayMessage } from '../../../server/channels/say-message.ts'
import { type MailReceiver, startMailReceiver } from '../../support/mail-receiver.ts'
import { aMessage } from './a-message.ts'

let smtp: MailReceiver
beforeEach(async () => {
  smtp = await startMailReceiver()
})
afterEach(() => smtp.close())

const settings = (change: Partial<MailServerSettings> = {}): MailServerSettings => ({
  ...{ host: '127.0.0.1', port: smtp.port, tls: 'none', user: null, from: 'rounds@example.org' },
  ...change,
})
const mailOf = (message: Message) => ({
  ...composeMail(sayMessage(message), message.language),
  ...{ to: 'anna@example.org', key: message.key, rootKey: message.rootKey, createdAt: message.createdAt },
})
const TIMES = { connectMs: 500, wholeMs: 1_500 }

describe('a mail', () => {
  it('has both parts, a Message-ID of its key, and answers its thread', async () => {
    expect(await sendMail(settings(), null, mailOf(aMessage()))).toEqual({ ok: true, value: null })
    expect(await sendMail(settings(), null, mailOf(aMessage({ key: 'b'.repeat(32) })))).toMatchObject({ ok: true })
    const [first, second] = smtp.mails
    expect(first?.headers.get('message-id')).toBe(`<${'a'.repeat(32)}@example.org>`)
    expect(first?.headers.has('in-reply-to')).toBe(false)
    expect(second?.headers.get('in-reply-to')).toBe(first?.headers.get('message-id'))
    expect(second?.headers.get('references')).toBe(first?.headers.get('message-id'))
    expect(first?.subject).toBe('Urgent: SRV-01: Room for files (Bakery)')
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(first?.text).toContain('/srv has room')
    expect(first?.html).toContain('/srv has room')
    expect(first?.html).not.toMatch(/<(?:img|script|link|iframe|style)|src=|url\(/i)
  })

  it('is the same mail at a second attempt', async () => {
    const bare = (raw: string) => raw.replace(/--_?[-\w]+_Part[^\r\n]*|boundary="[^"]+"|----[^\r\n]+/g, '')
    await sendMail(settings(), null, mailOf(aMessage()))
    await sendMail(settings(), null, mailOf(aMessage()))
    const [first, second] = smtp.mails.map(({ raw }) => bare(raw))
    expect(second).toBe(first)
  })

  it('signs in when a user is set', async () => {
    await sendMail(settings({ user: 'rounds' }), 'correct horse', mailOf(aMessage()))
    expect(smtp.logins).toEqual([{ user: 'rounds', password: 'correct horse' }])
  })
})

describe('failures', () => {
  it('refused for now: nothing was taken', async () => {
    smtp.setRefusing(true)
    const failed = await sendMail(settings(), null, mailOf(aMessage()))
    expect(failed).toEqual({ ok: false, error: { code: 'refused', isUncertain: false } })
  })

  it('nobody listens: nothing was taken', async () => {
    const failed = await sendMail(settings({ port: 1 }), null, mailOf(aMessage()), TIMES)
    expect(failed).toEqual({ ok: false, error: { code: 'unreachable', isUncertain: false } })
  })

  it('TLS demanded of a server that has none: nothing is sent in clear', async () => {
    const failed = await sendMail(settings({ tls: 'starttls', user: 'rounds' }), 'secret', mailOf(aMessage()), TIMES)
    expect(failed.ok).toBe(false)
    expect(smtp.mails).toEqual([])
    expect(smtp.logins).toEqual([])
  })

  it('a server that says nothing: given up in time, nothing was taken', async () => {
    const silent = net.createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as net.AddressInfo
    const failed = await sendMail(settings({ port }), null, mailOf(aMessage()), TIMES)
    expect(failed).toEqual({ ok: false, error: { code: 'timeout', isUncertain: false } })
    silent.close()
  })

  it('the line is cut after the mail was handed over: it may have been taken', async () => {
    const cutting = net.createServer((socket) => {
      socket.write('220 x\r\n')
      let isData = false
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        if (isData) {
          if (chunk.toString('latin1').includes('\r\n.\r\n')) socket.destroy()
          return
        }
        isData = chunk.toString('latin1').startsWith('DATA')
        socket.write(isData ? '354 go\r\n' : '250 ok\r\n')
      })
    })
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve))
    const { port } = cutting.address() as net.AddressInfo
    const failed = await sendMail(settings({ port }), null, mailOf(aMessage()), TIMES)
    expect(failed).toMatchObject({ ok: false, error: { isUncertain: true } })
    cutting.close()
  })
})
