/** Makes attestations: what this machine's newest record said, signed, chained, and put on the spool. Not pure (spool, clock, a durable file). */

import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { samplesHash, signAttestation } from '../../shared/protocol/attestation.ts'
import { fromB64 } from '../../shared/protocol/bytes.ts'
import type { SigningKey } from '../../shared/protocol/crypto.ts'
import { HOUR_MS } from '../../shared/units.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Spool } from '../spool/spool.ts'
import type { Assembled } from './assemble.ts'
import { announceAttested, readAttested } from './attested.ts'

/** What signing needs. */
export type AttesterPorts = {
  readonly clock: Clock
  readonly log: Log
  readonly spool: Spool
  readonly key: SigningKey
  readonly agentId: Uint8Array
  /** File of the chain. */
  readonly path: string
}

/** Without a request for this long the agent attests by itself: evidence also covers days without a server. */
const UNASKED_AFTER_MS = 26 * HOUR_MS
const NO_NONCE = new Uint8Array(0)

/** Signs what records said. Lives as long as the agent. */
export class Attester {
  readonly #ports: AttesterPorts
  /** Asked for before the first record. */
  #waiting: Uint8Array | null = null

  constructor(ports: AttesterPorts) {
    this.#ports = ports
  }

  /**
   * Attests what the newest record said. @param made null: there is none yet, and the nonce waits for the first one.
   * @param nonce 16 bytes of the server, or empty. @returns whether it is on the spool.
   */
  attest(made: Assembled | null, nonce: Uint8Array): boolean {
    this.#waiting = made === null ? nonce : null
    return made !== null && this.#sign(made, nonce)
  }

  /** Attests when it was asked for too early, or when nobody has asked for long. Called after each record. */
  attestIfDue(made: Assembled): boolean {
    if (this.#waiting !== null) return this.attest(made, this.#waiting)
    const { clock, spool, path } = this.#ports
    const { at } = readAttested(path, spool.stream, spool.nextQ - 1)
    const isDue = at === null ? made.record.q > 1 : clock.now() - at >= UNASKED_AFTER_MS
    return isDue && this.attest(made, NO_NONCE)
  }

  #sign(made: Assembled, nonce: Uint8Array): boolean {
    const { clock, log, spool, key, agentId, path } = this.#ports
    const samples = samplesHash(pairsOf(made))
    if (!samples.ok) {
      log.error('samples could not be attested', { detail: samples.error.detail })
      return false
    }
    const { stream, nextQ: q } = spool
    const { prev } = readAttested(path, stream, q - 1)
    const at = clock.now()
    const attested = { q, at, prev, nonce, sections: sectionsOf(made), samples: samples.value }
    const { message, nextPrev } = signAttestation(key, { agentId, stream }, attested)
    try {
      announceAttested(path, { prev, next: nextPrev, q, at, stream })
      spool.append({ kind: 'attestation', full: false, bytes: Buffer.from(JSON.stringify(message)) }, at)
      return true
    } catch (error) {
      log.error('attestation could not be stored', { detail: error instanceof Error ? error.message : String(error) })
      return false
    }
  }
}

function pairsOf(made: Assembled): { readonly [C in CheckName]?: readonly (number | null)[] } {
  const checks = CHECK_NAMES.filter((check) => made.sections[check].keys.length > 0)
  return Object.fromEntries(
    checks.map((check) => {
      const { keys, values } = made.sections[check]
      return [check, keys.flatMap((key, index) => [index, values[key] ?? null])]
    }),
  )
}

function sectionsOf(made: Assembled): { readonly [C in CheckName]?: { h: Uint8Array; collectedAt: number } } {
  return Object.fromEntries(
    CHECK_NAMES.flatMap((check) => {
      const { h, newestAt } = made.sections[check]
      const hash = fromB64(h, 32)
      return newestAt === null || !hash.ok ? [] : [[check, { h: hash.value, collectedAt: newestAt }]]
    }),
  )
}
