/** Opens the WebSocket to the server: no compression, no cookie, no redirect, TLS always verified. The port type and its implementation with ws. */
import { readFileSync } from 'node:fs'
import { rootCertificates, TLSSocket } from 'node:tls'
import WebSocket from 'ws'
import { FRAME_LIMITS } from '../../shared/protocol/frame.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ServerUrl } from './server-url.ts'

/** What the other side of a connection does. `onEnd` comes exactly once, whatever happened. */
export type SocketEvents = {
  /** @param cb 32 bytes of the TLS exporter (RFC 9266), or null without TLS. */
  readonly onOpen: (cb: Uint8Array | null) => void
  /** A text or a binary message. */
  readonly onMessage: (data: string | Uint8Array) => void
  /** Something arrived, a ping included. */
  readonly onAlive: () => void
  /** @param closeCode null: it never opened. */
  readonly onEnd: (closeCode: number | null, detail: string) => void
}

/** An open or opening connection. */
export type Socket = {
  send(data: string | Uint8Array): void
  /** Says goodbye with a code; whoever does not answer in time is cut by the caller. */
  close(closeCode: number): void
  /** Cuts at once: a half-open peer never finishes `close`. */
  terminate(): void
}

/** Dials the server named on this machine. */
export type Dial = (server: ServerUrl, caFile: string | null, events: SocketEvents) => Socket

const SUBPROTOCOL = 'rounds.agent.v1'
const EXPORTER_LABEL = 'EXPORTER-Channel-Binding'
const OPEN_TIMEOUT_MS = 10_000

/** Dials with ws 8. */
export const dialServer: Dial = (server, caFile, events) => {
  const ca = caFile === null ? null : readAuthority(caFile)
  if (ca?.ok === false) {
    queueMicrotask(() => events.onEnd(null, ca.error))
    return { send() {}, close() {}, terminate() {} }
  }
  const socket = new WebSocket(server.socketUrl, SUBPROTOCOL, {
    perMessageDeflate: false,
    followRedirects: false,
    handshakeTimeout: OPEN_TIMEOUT_MS,
    maxPayload: FRAME_LIMITS.maxFrameBytes,
    // Said outright: the default obeys NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
    ...(ca === null ? {} : { ca: [...rootCertificates, ca.value] }),
  })
  listen(socket, events)
  return {
    send: (data) => socket.send(data),
    close: (code) => socket.close(code),
    terminate: () => socket.terminate(),
  }
}

function listen(socket: WebSocket, events: SocketEvents): void {
  let cb: Uint8Array | null = null
  let isOpen = false
  let detail = ''
  socket.on('upgrade', ({ socket: raw }) => {
    if (raw instanceof TLSSocket) cb = raw.exportKeyingMaterial(32, EXPORTER_LABEL, Buffer.alloc(0))
  })
  socket.on('open', () => {
    isOpen = true
    events.onOpen(cb)
  })
  socket.on('message', (data, isBinary) => {
    events.onAlive()
    // ws 8 gives a Buffer unless binaryType is changed.
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)])
    events.onMessage(isBinary ? bytes : bytes.toString('utf8'))
  })
  socket.on('ping', events.onAlive)
  socket.on('pong', events.onAlive)
  socket.on('error', (error) => {
    detail = describe(error)
  })
  socket.on('close', (code) => events.onEnd(isOpen ? code : null, detail))
}

function readAuthority(caFile: string): Result<string, string> {
  try {
    return ok(readFileSync(caFile, 'utf8'))
  } catch {
    return err(`the authority file ${caFile} of agent.toml cannot be read`)
  }
}

/** @returns what went wrong, from error codes only: texts of a stranger are not repeated. */
function describe(error: Error): string {
  const status = /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1]
  if (status !== undefined) return `it answered with HTTP status ${status} instead of an upgrade`
  if ('code' in error && typeof error.code === 'string') return SENTENCES[error.code] ?? error.code
  return error.message === 'Opening handshake has timed out'
    ? 'no answer within 10 s'
    : 'the upgrade to WebSocket failed'
}

const SENTENCES: { readonly [code: string]: string } = {
  ENOTFOUND: 'its name is not known here (ENOTFOUND)',
  EAI_AGAIN: 'names cannot be looked up at the moment (EAI_AGAIN)',
  ECONNREFUSED: 'nothing listens on its port (ECONNREFUSED)',
  ECONNRESET: 'the connection was cut (ECONNRESET)',
  ETIMEDOUT: 'no answer (ETIMEDOUT)',
  EHOSTUNREACH: 'there is no way to it (EHOSTUNREACH)',
  ENETUNREACH: 'there is no network (ENETUNREACH)',
  CERT_HAS_EXPIRED: 'its certificate has expired (CERT_HAS_EXPIRED); check the clock of this machine too',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (CERT_NOT_YET_VALID); check the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by nobody known (DEPTH_ZERO_SELF_SIGNED_CERT); name the authority with caFile in agent.toml',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its authority is not known here (SELF_SIGNED_CERT_IN_CHAIN); name it with caFile in agent.toml',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its authority is not known here (UNABLE_TO_VERIFY_LEAF_SIGNATURE); name it with caFile in agent.toml',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its authority is not known here (UNABLE_TO_GET_ISSUER_CERT_LOCALLY); name it with caFile in agent.toml',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)',
}
