/** What history remembers of pools and RAID controllers: counters with their growth, first sights, and that a battery was told. Pure. */
import type { Controller, Pool } from '../../shared/checks/disk.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { MemoryDraft } from './memory-draft.ts'

const COUNTERS = ['readErrors', 'writeErrors', 'checksumErrors'] as const

/** Notes each pool and its counters; a counter that was not told keeps its last number. */
export function rememberPools(draft: MemoryDraft, pools: readonly Pool[], at: EpochMs): void {
  for (const pool of pools) {
    draft.note(`disk/pool:${pool.name}`, 1, at)
    for (const counter of COUNTERS) {
      const count = pool[counter]
      if (count !== null) draft.note(`disk/pool:${pool.name}:${counter}`, count, at)
    }
  }
}

/** Notes the media errors of each drive behind a card, and the cards whose battery was told. */
export function rememberControllers(draft: MemoryDraft, controllers: readonly Controller[], at: EpochMs): void {
  for (const { id, battery, drives } of controllers) {
    if (battery !== null) draft.note(`disk/battery:${id}`, 1, at)
    for (const { slot, mediaErrors } of drives) {
      if (mediaErrors !== null) draft.note(`disk/card-drive:${id}/${slot}:mediaErrors`, mediaErrors, at)
    }
  }
}
