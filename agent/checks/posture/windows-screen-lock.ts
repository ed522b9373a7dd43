/**
 * Screen lock of Windows by the registry: the limit of the machine (InactivityTimeoutSecs), else the screen saver of everybody who is
 * signed in, policy over own setting. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { type PostureValue, tellResult } from './contribute.ts'
import { type Registry, readRegistry } from './registry.ts'

const MACHINE = '\\currentversion\\policies\\system'
const DESKTOP = '\\control panel\\desktop'
const POLICY = '\\policies\\microsoft\\windows'
type Saver = { readonly isOn: boolean | null; readonly afterSeconds: number | null }

/** Errors: those of `readRegistry`, `exit`, `empty` when neither a limit nor a screen saver is told. */
export function parseScreenLock(
  bytes: Uint8Array,
  exitCode: number | null,
): Result<PostureValue<'screenLock'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the registry was not read: exit ${exitCode}` })
  const registry = readRegistry(bytes, 'screen-lock')
  if (!registry.ok) return registry
  const limit = registry.value.number(MACHINE, 'InactivityTimeoutSecs')
  if (limit !== null && limit > 0) return ok({ state: 'on', afterSeconds: limit })
  const savers = usersOf(registry.value).map((user) => saverOf(registry.value, user))
  if (savers.some(({ isOn }) => isOn === false)) return ok({ state: 'off', afterSeconds: null })
  if (savers.length === 0 || savers.some(({ isOn }) => isOn === null))
    return err({ code: 'empty', detail: 'neither a limit of the machine nor a whole screen saver is told' })
  const times = savers.flatMap(({ afterSeconds }) => afterSeconds ?? [])
  return ok({ state: 'on', afterSeconds: times.length === 0 ? null : Math.max(...times) })
}

/** The beginning of the path of everybody's keys; '' for values told without a path. */
function usersOf(registry: Registry): readonly string[] {
  const starts = registry.keys
    .filter((key) => key.endsWith(DESKTOP))
    .map((key) => key.slice(0, -DESKTOP.length).replace(/\\software\\policies\\microsoft\\windows$/, ''))
  if (starts.length > 0) return [...new Set(starts)].slice(0, 64)
  return registry.text(DESKTOP, 'ScreenSaveActive') === null ? [] : ['']
}

/** A screen saver that is on, asks for the password and has no program to show still locks; one without a time does not. */
function saverOf(registry: Registry, user: string): Saver {
  const told = (name: string) =>
    registry.number(`${user}\\software${POLICY}${DESKTOP}`, name) ?? registry.number(`${user}${DESKTOP}`, name)
  const [active, secure, afterSeconds] = ['ScreenSaveActive', 'ScreenSaverIsSecure', 'ScreenSaveTimeOut'].map(told)
  if (active === 0 || secure === 0 || afterSeconds === 0) return { isOn: false, afterSeconds: null }
  return { isOn: active === 1 && secure === 1 ? true : null, afterSeconds: afterSeconds ?? null }
}

/** Errors as `parseScreenLock`. */
export const windowsScreenLockSource: Source<'posture'> = {
  id: 'posture/windows-screen-lock',
  check: 'posture',
  parse: ({ stdout, exitCode }) =>
    tellResult('posture/windows-screen-lock', 'screenLock', parseScreenLock(stdout, exitCode)),
}
