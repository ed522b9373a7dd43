/** What Windows tells of itself, from the answers of its own PowerShell. I/O through the probe only. */
import type { SystemSection } from '../../../shared/checks/system.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { askWindowsRaw } from '../windows/ask.ts'
import { BATTERY_BLOCK, parseWindowsBatteries, WINDOWS_BATTERY } from './windows-battery.ts'
import { COMPUTER_BLOCK, computerParts, parseWindowsComputer, WINDOWS_COMPUTER } from './windows-computer.ts'
import { EVENTS_BLOCK, parseWindowsCrashes, WINDOWS_EVENTS } from './windows-events.ts'
import { parseWindowsVersion, VERSION_BLOCK, WINDOWS_VERSION } from './windows-version.ts'

/** Firmware of the computer in the words of WMI is English; a machine that is not told is unknown, never bare metal. */
export async function collectWindowsIdentity(context: CollectContext): Promise<Contribution<'system'>> {
  const ask = async <T>(source: string, block: string, parse: (bytes: Uint8Array) => Result<T, Failure>) => {
    if (context.off.has(source))
      return err({ code: 'disabled', detail: `${source} is switched off for this machine` } as const)
    const raw = await askWindowsRaw(context, block)
    return raw.ok ? parse(raw.value) : raw
  }
  const version = await ask(WINDOWS_VERSION, VERSION_BLOCK, parseWindowsVersion)
  const computer = await ask(WINDOWS_COMPUTER, COMPUTER_BLOCK, parseWindowsComputer)
  const batteries = await ask(WINDOWS_BATTERY, BATTERY_BLOCK, parseWindowsBatteries)
  const crashes = await ask(WINDOWS_EVENTS, EVENTS_BLOCK, (bytes) => parseWindowsCrashes(bytes, context.now))
  const failure = computer.ok ? ({ code: 'empty', detail: 'Windows answered without it' } as const) : computer.error
  const unread = failed(WINDOWS_COMPUTER, failure)
  const told = computer.ok ? computerParts(computer.value) : {}
  const parts: Contribution<'system'>['parts'] = {
    boot: unread,
    virtualization: unread,
    hardware: unread,
    ...told,
    os: version.ok ? read(WINDOWS_VERSION, version.value) : failed(WINDOWS_VERSION, version.error),
    batteries: batteriesOf(batteries),
    crashes: crashes.ok ? read(WINDOWS_EVENTS, crashes.value.crashes) : failed(WINDOWS_EVENTS, crashes.error),
  }
  return { parts, samples: crashes.ok ? crashes.value.samples : {} }
}

/** Without a battery its classes are "not supported": this machine has none, by nature. */
function batteriesOf(found: ReturnType<typeof parseWindowsBatteries>): SystemSection['batteries'] {
  if (found.ok) return read(WINDOWS_BATTERY, [...found.value])
  return found.error.code === 'unsupported' ? read(WINDOWS_BATTERY, []) : failed(WINDOWS_BATTERY, found.error)
}
