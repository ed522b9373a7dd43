/** A real SMTP server on loopback that keeps what it takes, parsed as far as tests look. */
import { SMTPServer } from 'smtp-server'

/** One mail as it came. `headers`: names in lower case, unfolded, as on the wire. */
export type ReceivedMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly receivedAt: number
  readonly headers: ReadonlyMap<string, string>
  /** Subject, decoded. */
  readonly subject: string
  /** Parts by content type, decoded. */
  readonly text: string
  readonly html: string
}

export type MailReceiver = {
  readonly port: number
  readonly mails: ReceivedMail[]
  /** `user`s that signed in, with what they said. */
  readonly logins: { readonly user: string; readonly password: string }[]
  /** True: the next mails are refused for now. */
  setRefusing(isRefusing: boolean): void
  close(): Promise<void>
}

/** Clear text and any password: it is on loopback, and what is tested is the sender. */
const OPTIONS = {
  disabledCommands: ['STARTTLS'],
  authOptional: true,
  allowInsecureAuth: true,
  hideSTARTTLS: true,
  logger: false,
} as const

/** null: the sender was killed before the end. */
async function wholeOf(stream: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of stream) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  } catch {
    return null
  }
}

/** Starts it on a free port. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = []
  const logins: { user: string; password: string }[] = []
  let isRefusing = false
  const server = new SMTPServer({
    ...{ ...OPTIONS, disabledCommands: [...OPTIONS.disabledCommands] },
    onAuth(auth, _, callback) {
      logins.push({ user: auth.username ?? '', password: auth.password ?? '' })
      callback(null, { user: auth.username ?? '' })
    },
    async onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
      const raw = await wholeOf(stream)
      if (raw === null) return callback(new Error('the sender is gone'))
      if (isRefusing) return callback(Object.assign(new Error('come back later'), { responseCode: 451 }))
      const to = rcptTo.map(({ address }) => address)
      mails.push(parseMail(mailFrom === false ? '' : mailFrom.address, to, raw))
      callback()
    },
  })
  // A sender that is killed leaves a broken connection behind.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const setRefusing = (refuses: boolean) => {
    isRefusing = refuses
  }
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { port: address.port, mails, logins, setRefusing, close }
}

/** Enough MIME for what nodemailer makes: multipart/alternative of text parts, quoted-printable or base64. */
export function parseMail(from: string, to: readonly string[], raw: string): ReceivedMail {
  const { headers, body } = splitPart(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1]
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1)
  const found = new Map<string, string>()
  for (const part of parts) {
    const one = splitPart(part.replace(/^\r?\n/, ''))
    const type = (one.headers.get('content-type') ?? '').split(';')[0] ?? ''
    found.set(type, decodeBody(one.body, one.headers.get('content-transfer-encoding') ?? ''))
  }
  const subject = decodeWords(headers.get('subject') ?? '')
  const receivedAt = Date.now()
  return {
    from,
    to,
    raw,
    receivedAt,
    headers,
    subject,
    text: found.get('text/plain') ?? '',
    html: found.get('text/html') ?? '',
  }
}

function splitPart(part: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = part.search(/\r?\n\r?\n/)
  const lines = part
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: part.slice(end).replace(/^\r?\n\r?\n/, '') }
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r?\n/g, '')) : body
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** RFC 2047 encoded words; neighbours are joined without the space between them. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replaceAll('_', ' ')),
    )
}
