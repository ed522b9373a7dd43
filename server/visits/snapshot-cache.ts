/** Snapshots of visits in memory while somebody reads them: one never changes once it is frozen, and unpacking costs tens of milliseconds. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Store } from '../store/store.ts'
import { unpackSnapshot } from './pack-snapshot.ts'
import { thawMachines } from './snapshot.ts'
import type { Snapshot, SnapshotAttestation } from './visit.ts'

/** A snapshot, its machines as they were, and its evidence. */
export type FrozenVisit = {
  readonly snapshot: Snapshot
  readonly machines: readonly MachineState[]
  /** SHA-256 of the snapshot's JSON. */
  readonly hash: Uint8Array
  readonly attestations: readonly SnapshotAttestation[]
}

/** Two visits are read together: the one at hand and the one before. */
const KEPT = 4

/** One per store. */
export class SnapshotCache {
  readonly #store: Pick<Store, 'client'>
  readonly #kept = new Map<string, FrozenVisit>()

  constructor(store: Pick<Store, 'client'>) {
    this.#store = store
  }

  /** @returns null: the visit was not opened yet. @throws StoreError, or Error when the stored bytes are damaged. */
  async of(clientId: string, visitId: string): Promise<FrozenVisit | null> {
    const key = `${clientId}/${visitId}`
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    const stored = await this.#store.client(clientId).snapshot(visitId)
    if (stored === null) return null
    const snapshot = await unpackSnapshot(stored)
    await nextTurn()
    const { hash, attestations } = stored
    const frozen = { snapshot, machines: thawMachines(snapshot), hash, attestations }
    this.#kept.set(key, frozen)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    return frozen
  }
}
