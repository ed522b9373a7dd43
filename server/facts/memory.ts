/**
 * What history remembers about a machine: counters with their baselines, first sights, and since when a condition holds.
 * `remember` is idempotent: the same readings at the same times change nothing. Keys are `<check>/<kind>:<item>`. Pure.
 */
import type { Drive } from '../../shared/checks/disk.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { Updates } from '../../shared/checks/patch.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { CheckFacts, Memory } from './facts.ts'
import { MemoryDraft } from './memory-draft.ts'
import { rememberControllers, rememberPools } from './remember-storage.ts'
import { smartNumbers } from './smart-numbers.ts'

/** The section's schema cuts the list of names here: one of this length may not be whole, and forgets nothing. */
const LISTED_UPDATES = 256

/** Brings a memory up to date with what a check last reported. @returns the same object when there is nothing new. */
export function remember<C extends CheckName>(memory: Memory, check: C, facts: CheckFacts<C>, now: EpochMs): Memory {
  if (facts.lastAt === null) return memory
  const draft = new MemoryDraft(memory)
  REMEMBERS[check](draft, facts)
  return draft.done(now)
}

const REMEMBERS: { readonly [C in CheckName]: (draft: MemoryDraft, facts: CheckFacts<C>) => void } = {
  antivirus: rememberAntivirus,
  backup: rememberBackup,
  disk: rememberDisk,
  patch: rememberPatch,
  posture: rememberPosture,
  system: () => {},
}

function rememberDisk(draft: MemoryDraft, { section, collectedAt }: CheckFacts<'disk'>): void {
  const { drives, arrays, volumes, pools, controllers } = section
  if (pools.state === 'value' && collectedAt.pools !== undefined) rememberPools(draft, pools.value, collectedAt.pools)
  if (controllers.state === 'value' && collectedAt.controllers !== undefined)
    rememberControllers(draft, controllers.value, collectedAt.controllers)
  if (drives.state === 'value' && collectedAt.drives !== undefined)
    rememberDrives(draft, drives.value, collectedAt.drives)
  if (arrays.state === 'value' && collectedAt.arrays !== undefined) {
    for (const { name, mismatchCount } of arrays.value) {
      if (mismatchCount !== null) draft.note(`disk/mismatch:${name}`, mismatchCount, collectedAt.arrays)
    }
  }
  if (volumes.state === 'value' && collectedAt.volumes !== undefined) {
    for (const { mount, errorCount } of volumes.value) {
      if (errorCount !== null) draft.note(`disk/errors:${mount}`, errorCount, collectedAt.volumes)
    }
  }
}

/** USB drives come and go with people; their absence is no fault. */
const isRemovable = ({ type }: Drive) => type?.startsWith('usb') === true

function rememberDrives(draft: MemoryDraft, drives: readonly Drive[], at: EpochMs): void {
  const last = draft.get('disk/read:drives')
  if (last !== null && last.seenAt >= at) return
  draft.note('disk/read:drives', 1, at, true)
  const present = new Set(drives.map(({ key }) => key))
  for (const kind of ['drive', 'removable']) {
    for (const key of draft.keys(`disk/${kind}:`)) {
      if (!present.has(key.slice(`disk/${kind}:`.length))) rememberAbsence(draft, key, at)
    }
  }
  for (const drive of drives) {
    draft.note(`disk/${isRemovable(drive) ? 'removable' : 'drive'}:${drive.key}`, 0, at, true)
    rememberHealth(draft, drive, at)
  }
}

/** Counts the readings that missed a drive, at most two; `seenAt` stays at its last sight. */
function rememberAbsence(draft: MemoryDraft, key: string, at: EpochMs): void {
  const known = draft.get(key)
  if (known !== null && known.value < 2) draft.noteAbsent(key, known.value + 1, at)
}

function rememberHealth(draft: MemoryDraft, drive: Drive, at: EpochMs): void {
  const { key, smart } = drive
  if (smart.state === 'value') {
    draft.note(`disk/smart:${key}:read`, 1, at, true)
    for (const [field, value] of smartNumbers(smart.value)) {
      if (value !== null) draft.note(`disk/smart:${key}:${field}`, value, at, true)
    }
  }
  // A sleeping drive proves neither; a drive that answers without a single number is as blind as one that does not answer.
  if (smart.state === 'failed' && smart.code === 'asleep') return
  const numbers = smart.state === 'value' ? smartNumbers(smart.value) : []
  const tells = numbers.some(([field, value]) => field !== 'exitBits' && value !== null)
  draft.noteWhile(!tells, `disk/unreadable:${key}`, at)
}

function rememberUpdates(draft: MemoryDraft, updates: Updates, at: EpochMs): void {
  const last = draft.get('patch/read:updates')
  if (last !== null && last.seenAt >= at) return
  draft.note('patch/read:updates', 1, at, true)
  // Without the names of the security updates, nothing is known to have been installed either.
  if (updates.security === null) return
  draft.noteWhile(updates.heldSecurity > 0, 'patch/held', at)
  const names = new Set(updates.securityUpdates.map(({ name }) => name))
  for (const name of names) draft.note(`patch/security:${name}`, 1, at)
  if (names.size >= LISTED_UPDATES) return
  for (const key of draft.keys('patch/security:')) {
    if (!names.has(key.slice('patch/security:'.length))) draft.forget(key, at)
  }
}

function rememberFailing(draft: MemoryDraft, names: readonly string[], at: EpochMs): void {
  for (const name of names) draft.note(`patch/failing:${name}`, 1, at)
  for (const key of draft.keys('patch/failing:')) {
    if (!names.includes(key.slice('patch/failing:'.length))) draft.forget(key, at)
  }
}

function rememberPatch(draft: MemoryDraft, { section, collectedAt }: CheckFacts<'patch'>): void {
  const { updates, database, automatic, failing, reboot } = section
  if (failing.state === 'value' && collectedAt.failing !== undefined) {
    const names = failing.value.map(({ name }) => name)
    rememberFailing(draft, names, collectedAt.failing)
  }
  if (updates.state === 'value' && collectedAt.updates !== undefined) {
    rememberUpdates(draft, updates.value, collectedAt.updates)
  }
  if (database.state === 'value' && collectedAt.database !== undefined) {
    draft.noteWhile(database.value.broken, 'patch/broken', collectedAt.database)
  }
  if (automatic.state === 'value' && collectedAt.automatic !== undefined) {
    draft.noteWhile(!automatic.value.enabled, 'patch/automatic-off', collectedAt.automatic)
  }
  if (reboot.state === 'value' && collectedAt.reboot !== undefined) {
    draft.note('patch/read:reboot', 1, collectedAt.reboot)
    draft.noteWhile(reboot.value.required, 'patch/reboot', collectedAt.reboot)
  }
}

function rememberAntivirus(draft: MemoryDraft, { section, collectedAt }: CheckFacts<'antivirus'>): void {
  const { products } = section
  const at = collectedAt.products
  if (products.state !== 'value' || at === undefined) return
  for (const { id, running, realTime, signaturesCurrent = null } of products.value) {
    if (running !== null) draft.noteWhile(!running, `antivirus/stopped:${id}`, at)
    if (realTime !== null) draft.noteWhile(!realTime, `antivirus/blind:${id}`, at)
    if (signaturesCurrent !== null) draft.noteWhile(!signaturesCurrent, `antivirus/outdated:${id}`, at)
  }
}

function rememberBackup(draft: MemoryDraft, { section, collectedAt, samples }: CheckFacts<'backup'>): void {
  const at = collectedAt.jobs
  if (section.jobs.state !== 'value' || at === undefined) return
  for (const { id, status } of section.jobs.value) {
    draft.note(`backup/job:${id}`, 1, at)
    const isUnreadable = status.state === 'failed' && status.code !== 'disabled'
    draft.noteWhile(isUnreadable, `backup/unreadable:${id}`, at)
    const bytes = samples.get(`job:${id}:bytes`)?.value ?? null
    if (bytes !== null) draft.note(`backup/bytes:${id}`, bytes, at)
    if (status.state === 'value' && status.value.tooSmall !== null) {
      draft.note(`backup/minimum:${id}`, Number(status.value.tooSmall), at)
    }
    if (status.state === 'value' && status.value.copies !== null) draft.note(`backup/copies:${id}`, 1, at)
    if (status.state === 'value' && status.value.lastResult !== null) {
      rememberRun(draft, id, status.value.lastResult, samples.get(`job:${id}:lastRunAt`)?.value ?? null, at)
    }
  }
}

/** Counts bad runs in a row: a run is another one when its time moved on. */
function rememberRun(
  draft: MemoryDraft,
  id: string,
  result: 'success' | 'partial' | 'failed',
  runAt: EpochMs | null,
  at: EpochMs,
): void {
  const before = draft.get(`backup/run:${id}`)
  if (runAt !== null) draft.note(`backup/run:${id}`, runAt, at)
  for (const kind of ['partial', 'failed'] as const) {
    const key = `backup/${kind}:${id}`
    const bad = draft.get(key)
    if (result !== kind) draft.forget(key, at)
    else if (bad === null) draft.note(key, 1, at)
    else if (runAt !== null && before !== null && runAt > before.value) draft.note(key, bad.value + 1, at)
  }
}

function rememberPosture(draft: MemoryDraft, { section, collectedAt }: CheckFacts<'posture'>): void {
  const { encryption, firewall, time } = section
  if (encryption.state === 'value' && collectedAt.encryption !== undefined) {
    // What cannot be looked into may still be suspended.
    for (const { mount, state } of encryption.value)
      if (state !== 'locked')
        draft.noteWhile(state === 'suspended', `posture/suspended:${mount}`, collectedAt.encryption)
  }
  if (firewall.state === 'value' && collectedAt.firewall !== undefined) {
    for (const { name, enabled, inbound } of firewall.value.profiles ?? [])
      draft.noteWhile(!enabled || inbound === 'accept', `posture/firewall-open:${name}`, collectedAt.firewall)
  }
  if (time.state !== 'value' || collectedAt.time === undefined) return
  draft.noteWhile(!time.value.synchronized, 'posture/unsynchronized', collectedAt.time)
}
