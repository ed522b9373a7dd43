/** Half a handshake: lets the server prove itself, and leaves before saying anything about this machine. For `agent doctor`. Not pure (network). */
import { randomBytes, signingKey } from '../../shared/protocol/crypto.ts'
import { type AwaitChallenge, answerChallenge, beginHandshake } from '../../shared/protocol/handshake-agent.ts'
import { Challenge } from '../../shared/protocol/handshake-messages.ts'
import { fitMessage, parseHandshakeText } from '../../shared/protocol/handshake-text.ts'
import { NO_ID } from '../../shared/protocol/transcript.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import { systemClock } from '../clock.ts'
import { dialServer } from './dial.ts'
import type { EndCause } from './end-cause.ts'
import type { ServerUrl } from './server-url.ts'

/** What is known after the server has proven itself. */
export type ServerMet = {
  /** The server's clock when it answered. */
  readonly serverTime: EpochMs
}

/** Whom to meet. `agentId` null: as somebody who enrolls. */
export type MeetTarget = {
  readonly server: ServerUrl
  readonly caFile: string | null
  readonly pinS: Uint8Array
  readonly agentId: Uint8Array | null
}

const PATIENCE_MS = 10_000

/** Says hello under a throw-away key, checks the challenge, and hangs up. */
export function meetServer(target: MeetTarget): Promise<Result<ServerMet, EndCause>> {
  const { promise, resolve } = Promise.withResolvers<Result<ServerMet, EndCause>>()
  let state: AwaitChallenge | null = null
  const socket = dialServer(target.server, target.caFile, {
    onOpen: (cb) => {
      const key = signingKey(randomBytes(32))
      const start = {
        key,
        agentId: target.agentId,
        host: target.server.host,
        cb,
        na: randomBytes(32),
        eaSeed: randomBytes(32),
      }
      const hello = beginHandshake(start)
      state = hello.state
      socket.send(hello.send)
    },
    onMessage: (data) => {
      if (typeof data === 'string' && state !== null) resolve(judge(data, state, target.pinS))
      socket.terminate()
    },
    onAlive: () => {},
    onEnd: (closeCode, detail) =>
      resolve(err(closeCode === null ? { kind: 'unreachable', detail } : { kind: 'closed', closeCode })),
  })
  const cancel = systemClock().setTimer(() => {
    resolve(err({ kind: 'silent' }))
    socket.terminate()
  }, PATIENCE_MS)
  return promise.finally(cancel)
}

/** The answer that comes out of the check is thrown away: it is not sent. */
function judge(text: string, state: AwaitChallenge, pinS: Uint8Array): Result<ServerMet, EndCause> {
  const info = { v: [1], now: 0, mono: 0, bootId: '', build: '', os: 'linux' as const, arch: '', hostname: '' }
  const code = { codeId: new Uint8Array(8), secret: new Uint8Array(16) }
  const proof = {
    pinS,
    requireBinding: false,
    stream: NO_ID,
    lease: NO_ID,
    leaseN: 0,
    fp: new Uint8Array(32),
    info,
    code,
  }
  const checked = answerChallenge(text, state, proof)
  if (!checked.ok) {
    const failure = checked.error
    if (failure.kind !== 'told') return err({ kind: 'handshake', failure })
    return err({ kind: 'told', code: failure.code, signed: false, retryMs: failure.retryMs })
  }
  const parsed = parseHandshakeText(text)
  const challenge = parsed.ok ? fitMessage(Challenge, parsed.value) : parsed
  return challenge.ok
    ? ok({ serverTime: challenge.value.ts })
    : err({ kind: 'violation', detail: challenge.error.detail })
}
