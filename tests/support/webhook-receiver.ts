/** A real HTTP server on loopback that keeps what is posted to it and checks signatures as a receiver would, with code of its own. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import http from 'node:http'

/** One request as it came. */
export type ReceivedHook = {
  readonly method: string
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly body: string
}

export type WebhookReceiver = {
  readonly port: number
  readonly url: string
  readonly hooks: ReceivedHook[]
  /** What the next requests are answered: a status, with headers. */
  answer(status: number, headers?: http.OutgoingHttpHeaders): void
  close(): Promise<void>
}

/** Starts it. @param onHook called for each request before it is answered. */
export async function startWebhookReceiver(onHook: (hook: ReceivedHook) => void = () => {}): Promise<WebhookReceiver> {
  const hooks: ReceivedHook[] = []
  let reply: { status: number; headers: http.OutgoingHttpHeaders } = { status: 204, headers: {} }
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request
      const hook = { method, path: url, headers, rawHeaders, body: Buffer.concat(chunks).toString('utf8') }
      hooks.push(hook)
      onHook(hook)
      response.writeHead(reply.status, reply.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    hooks,
    answer: (status, headers = {}) => {
      reply = { status, headers }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** The verification of server/channels/README.md. */
export function isSigned({ headers, body }: ReceivedHook, secret: string): boolean {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  )
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  return (signatures ?? '').split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}
