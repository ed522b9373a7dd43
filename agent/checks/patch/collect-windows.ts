/** Updates of Windows: what the Windows Update Agent knows, and rarely what it finds online. I/O through the probe. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { failParts } from '../parts.ts'
import { askWindows } from '../windows/ask.ts'
import type { WindowsRecord } from '../windows/records.ts'
import { judgeWindowsReboot } from './windows-reboot.ts'
import { judgeWindowsHistory } from './windows-update-history.ts'
import { judgeWindowsPolicy } from './windows-update-policy.ts'
import { judgeWindowsResults } from './windows-update-results.ts'
import { judgeWindowsUpdates } from './windows-updates.ts'

/** Windows looks by itself about once a day; the agent looks only when it has not, and at most twice a day. */
const LOOKED_MS = 30 * HOUR_MS
const ONLINE_EVERY_MS = 12 * HOUR_MS
const ONLINE_AT = 'windows-online-at'
const ONLINE_DONE_AT = 'windows-online-done-at'

type Judged = Result<Contribution<'patch'>, Failure>
type Judge = (records: readonly WindowsRecord[]) => Judged

async function ask(context: CollectContext, block: string, judge: Judge): Promise<Judged> {
  const records = await askWindows(context, block)
  return records.ok ? judge(records.value) : records
}

/** What waits, how old the list is, and what keeps failing. The database of packages is one of Linux. */
export async function collectWindows(context: CollectContext): Promise<Contribution<'patch'>> {
  const results = await ask(context, 'windows-update-results', judgeWindowsResults)
  const lookedAt = results.ok ? (results.value.samples['list:refreshedAt'] ?? null) : null
  const online = await searchOnline(context, lookedAt)
  const updates = online?.ok === true ? online : await ask(context, 'windows-updates', judgeWindowsUpdates)
  const history = await ask(context, 'windows-update-history', judgeWindowsHistory)
  const detail = 'Windows keeps no package database of this kind'
  const parts: Contribution<'patch'>['parts'] = {
    manager: read('patch/windows-updates', { name: 'windows-update' }),
    updates: partOf(updates, 'updates', 'patch/windows-updates'),
    failing: partOf(history, 'failing', 'patch/windows-update-history'),
    database: failed('patch/windows-updates', { code: 'unsupported', detail }),
  }
  const searchedAt = numberIn(context, ONLINE_DONE_AT)
  const refreshedAt = Math.max(lookedAt ?? 0, searchedAt ?? 0)
  return {
    parts,
    samples: {
      ...(updates.ok ? updates.value.samples : {}),
      'upgrade:lastAt': null,
      ...(history.ok ? history.value.samples : {}),
      'list:refreshedAt': refreshedAt === 0 ? null : refreshedAt,
    },
  }
}

/** null: not asked now. An attempt counts whatever came of it, so that a server which cannot be reached is not asked all day. */
async function searchOnline(context: CollectContext, lookedAt: EpochMs | null): Promise<Judged | null> {
  const { now, memo } = context
  const lastAt = numberIn(context, ONLINE_AT)
  const isDue = lastAt === null || now - lastAt >= ONLINE_EVERY_MS || now < lastAt
  if (!isDue || (lookedAt !== null && now - lookedAt < LOOKED_MS)) return null
  memo.set(ONLINE_AT, now)
  const found = await ask(context, 'windows-updates-online', judgeWindowsUpdates)
  if (found.ok) memo.set(ONLINE_DONE_AT, now)
  return found
}

function numberIn({ memo }: CollectContext, key: string): number | null {
  const value = memo.get(key)
  return typeof value === 'number' ? value : null
}

function partOf<P extends 'updates' | 'failing' | 'automatic' | 'reboot'>(
  judged: Judged,
  part: P,
  source: string,
): PatchSection[P] {
  if (!judged.ok) return failed(source, judged.error)
  return judged.value.parts[part] ?? failed(source, { code: 'empty', detail: `nothing was told of ${part}` })
}

/** Whether updates install themselves. */
export async function collectWindowsAutomatic(context: CollectContext): Promise<Contribution<'patch'>> {
  const judged = await ask(context, 'windows-update-policy', (records) => judgeWindowsPolicy(records, context.now))
  return judged.ok ? judged.value : failParts(['automatic'], 'patch/windows-update-policy', judged.error)
}

/** Whether a restart is due. */
export async function collectWindowsReboot(context: CollectContext): Promise<PatchSection['reboot']> {
  return partOf(await ask(context, 'windows-reboot', judgeWindowsReboot), 'reboot', 'patch/windows-reboot')
}
