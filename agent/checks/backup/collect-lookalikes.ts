/** What looks like a backup and is none: synchronisation and snapshots. I/O through the probe; asked every six hours, their numbers move. */
import { failed } from '../../../shared/reading.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { collectLinuxLookalikes } from './collect-linux-lookalikes.ts'
import { collectMacLookalikes } from './macos/collect-time-machine.ts'
import { collectWindowsLookalikes } from './windows/collect-windows.ts'

const ASK_EVERY_MS = 6 * HOUR_MS
const KEY = 'backup/lookalikes'

type Remembered = { readonly at: number; readonly contribution: Contribution<'backup'> }

/** `backup/lookalikes`. */
export const lookalikesTask: Task<'backup'> = {
  id: 'backup/lookalikes',
  check: 'backup',
  cadence: 'backup',
  parts: ['lookalikes'],
  timeoutMs: 5 * MINUTE_MS,
  collect: async (context) => {
    const { memo, now } = context
    const known = memo.get(KEY) as Remembered | undefined
    if (known !== undefined && Math.abs(now - known.at) < ASK_EVERY_MS) return known.contribution
    const contribution = await collectLookalikes(context)
    // One that failed is asked again at the next look.
    if (contribution.parts.lookalikes?.state === 'value') memo.set(KEY, { at: now, contribution })
    return contribution
  },
}

async function collectLookalikes(context: CollectContext): Promise<Contribution<'backup'>> {
  const { probe } = context
  if (probe.platform === 'win32') return collectWindowsLookalikes(context)
  const found = probe.platform === 'darwin' ? await collectMacLookalikes(context) : await collectLinuxLookalikes(probe)
  return found.ok ? found.value : { parts: { lookalikes: failed(KEY, found.error) }, samples: {} }
}
