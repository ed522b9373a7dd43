/** A drive left asleep keeps its last proven health, with the age of that proof, for as long as the policy allows. Pure. */
import type { Drive } from '../../shared/checks/disk.ts'
import { failed, read } from '../../shared/reading.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Deriving } from './deriving.ts'
import type { CheckFacts, Memory } from './facts.ts'
import { isoOf } from './instant-detail.ts'
import { smartFrom } from './smart-numbers.ts'

/** @param keptAt filled with key → instant of the proof, for each drive whose health was kept. */
export function keepAsleep(
  facts: CheckFacts<'disk'>,
  memory: Memory,
  deriving: Deriving,
  keptAt: Map<string, EpochMs>,
): CheckFacts<'disk'> {
  const { drives } = facts.section
  if (drives.state !== 'value' || !drives.value.some(isAsleep)) return facts
  const value = drives.value.map((drive) => (isAsleep(drive) ? kept(drive, memory, deriving, keptAt) : drive))
  return { ...facts, section: { ...facts.section, drives: { ...drives, value } } }
}

const isAsleep = ({ smart }: Drive) => smart.state === 'failed' && smart.code === 'asleep'

function kept(drive: Drive, memory: Memory, deriving: Deriving, keptAt: Map<string, EpochMs>): Drive {
  const prefix = `disk/smart:${drive.key}:`
  const readAt = Object.hasOwn(memory, `${prefix}read`) ? memory[`${prefix}read`]?.seenAt : undefined
  const source = drive.smart.state === 'failed' ? drive.smart.source : ''
  if (readAt === undefined) return drive
  const until = readAt + Number(deriving.policy.values['disk.asleepKeepMs'])
  if (deriving.now > until) return { ...drive, smart: failed(source, { code: 'asleep', detail: isoOf(readAt) }) }
  deriving.dueAt = Math.min(deriving.dueAt, until + 1)
  keptAt.set(drive.key, readAt)
  return { ...drive, smart: read(source, smartFrom(toldAt(memory, prefix, readAt))) }
}

/** Only what belongs to the last reading: a field that it no longer told has an older sight. */
function toldAt(memory: Memory, prefix: string, readAt: EpochMs): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  for (const [key, { seenAt, value }] of Object.entries(memory)) {
    if (seenAt === readAt && key.startsWith(prefix)) told.set(key.slice(prefix.length), value)
  }
  return told
}
