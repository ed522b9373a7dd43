/** Sends one mail over SMTP with nodemailer: one connection, bounded in time, nothing of the answer but its kind leaves this file. */
import { err, ok } from '../../../shared/result.ts'
import type { MailServerSettings } from '../channel.ts'
import type { Delivery, DeliveryFailure } from '../message.ts'
import type { ComposedMail } from './compose-mail.ts'

/** A mail with its envelope. `key` and `rootKey` become Message-ID and thread. */
export type OutgoingMail = ComposedMail & {
  readonly to: string
  readonly key: string
  readonly rootKey: string
  /** When it was made, so that a second attempt is the same mail. */
  readonly createdAt: number
}

/** How long the parts of a delivery may take. The lease of a notification is longer than all of it. */
export type MailTimes = { readonly connectMs: number; readonly wholeMs: number }

const TIMES: MailTimes = { connectMs: 10_000, wholeMs: 45_000 }

/** @param password null: no sign-in. Never throws. */
export async function sendMail(
  server: MailServerSettings,
  password: string | null,
  mail: OutgoingMail,
  times: MailTimes = TIMES,
): Promise<Delivery> {
  const { host, port, tls, user, from } = server
  // Loaded with the first mail: most starts send none.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    socketTimeout: times.wholeMs,
    dnsTimeout: times.connectMs,
    socketCloseTimeout: 0,
    tls: { minVersion: 'TLSv1.2' },
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
  })
  try {
    await transport.sendMail({
      ...headersOf(mail, from),
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      signal: AbortSignal.timeout(times.wholeMs),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return ok(null)
  } catch (error) {
    return err(failureOf(error))
  } finally {
    transport.close()
  }
}

/** @returns the domain of Message-IDs: that of the sender. */
const domainOf = (from: string) => from.slice(from.lastIndexOf('@') + 1)

function headersOf({ to, key, rootKey, createdAt }: OutgoingMail, from: string) {
  const domain = domainOf(from)
  const root = `<${rootKey}@${domain}>`
  return {
    from: { name: 'Rounds', address: from },
    to: { name: '', address: to },
    messageId: `<${key}@${domain}>`,
    date: new Date(createdAt),
    ...(rootKey === key ? {} : { inReplyTo: root, references: [root] }),
    // RFC 3834: no vacation note answers a machine.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

const CODES: { readonly [code: string]: DeliveryFailure['code'] } = {
  EDNS: 'unreachable',
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'auth',
  ENOAUTH: 'auth',
  EENVELOPE: 'refused',
  EMESSAGE: 'refused',
}
/** Nothing was handed over when it ended like this. */
const BEFORE = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE'])
const BEFORE_SYSTEM = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

/** nodemailer 10.6.0, errors.d.ts: `code`, `responseCode` when the server answered, `originalCode` of the system, `timeoutType`. */
function failureOf(error: unknown): DeliveryFailure {
  const { code, responseCode, originalCode, timeoutType } = fieldsOf(error)
  const isEarly =
    BEFORE.has(code) ||
    BEFORE_SYSTEM.has(originalCode) ||
    (timeoutType !== '' && timeoutType !== 'SOCKET_TIMEOUT') ||
    responseCode !== ''
  return { code: CODES[code] ?? 'broken', isUncertain: !isEarly }
}

function fieldsOf(error: unknown) {
  const fields: { readonly [name: string]: unknown } = typeof error === 'object' && error !== null ? { ...error } : {}
  const text = (name: string) => (fields[name] === undefined ? '' : String(fields[name]))
  return {
    code: text('code'),
    responseCode: text('responseCode'),
    originalCode: text('originalCode'),
    timeoutType: text('timeoutType'),
  }
}
