/** Attestations that were asked for and are waited for, by nonce: told when the evidence is durable, or not in time. */
import { Check } from 'typebox/schema'
import { Attestation } from '../../shared/protocol/messages.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { AcceptedRecord } from '../store/store.ts'

/** Evidence that an agent signed for a nonce, as it is stored. */
export type AskedAttestation = {
  readonly stream: Uint8Array
  readonly q: number
  readonly at: EpochMs
  readonly hash: Uint8Array
  readonly body: string
}

type Waiting = { readonly machineId: string; readonly tell: (answer: AskedAttestation | null) => void }

/** One per gateway. */
export class AttestationWaits {
  readonly #clock: Clock
  readonly #waiting = new Map<string, Waiting>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @returns the evidence over that nonce once it is durable; null: it did not come in time. */
  expect(machineId: string, nonce: string, waitMs: number): Promise<AskedAttestation | null> {
    return new Promise((resolve) => {
      let cancel: CancelTimer = () => {}
      const tell = (answer: AskedAttestation | null) => {
        cancel()
        this.#waiting.delete(nonce)
        resolve(answer)
      }
      cancel = this.#clock.setTimer(() => tell(null), waitMs)
      this.#waiting.set(nonce, { machineId, tell })
    })
  }

  /** A durable record; nothing unless it answers somebody who waits. */
  settle({ machineId, stream, q, at, attestation }: AcceptedRecord): void {
    if (attestation === undefined || this.#waiting.size === 0) return
    const message: unknown = JSON.parse(attestation.body)
    if (!Check(Attestation, message)) return
    const waiting = this.#waiting.get(message.nonce)
    if (waiting?.machineId === machineId)
      waiting.tell({ stream, q, at, hash: attestation.hash, body: attestation.body })
  }
}
