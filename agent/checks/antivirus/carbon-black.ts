/** `repcli status` of the Carbon Black Cloud sensor (Windows, macOS, Linux) → state. Pure. Ids and names in it are never kept. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { toldLines, toldVersion } from './told.ts'

/** `Sensor State[Enabled]` on Windows, `Sensor State: Enabled` elsewhere: brackets become the colon form. */
const bracketed = (text: string) => text.replace(/^([^\n:[]{2,60})\[([^\]\n]{0,200})\]/gm, '$1: $2')

/** Newer sensors print parts: `State: Enabled` under `Sensor State:` (macOS) or `Sensor Status:` (Linux). Empty: not told. */
function stateOf(told: ReadonlyMap<string, string>): string {
  const words = ['sensor state', 'state', 'status'].map((name) => told.get(name) ?? '')
  return (words.find((word) => word !== '') ?? '').toLowerCase()
}

/**
 * Protection is proven by a sensor state of Enabled (`Active` on macOS) that nothing contradicts: bypass, disk access that was not
 * granted (`Not Configured`, `NotEnabled`), a system extension that does not run. Linux knows no such access: there the part of its
 * state and a registration prove it. Errors: `access-denied`, `exit`, `empty`, `parse`.
 */
export function parseRepcli(text: string, stderr: string, exitCode: number | null): Result<ProductStatus, Failure> {
  if (/access (?:is )?denied|permission denied|must be run as root|administrator/i.test(stderr))
    return err({ code: 'access-denied', detail: 'repcli answers administrators only' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `repcli ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr || text)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'repcli printed nothing' })
  const told = toldLines(bracketed(text))
  const state = stateOf(told)
  const version = toldVersion(told.get('sensor version') ?? told.get('version'))
  if (state === '' && version === null) return err({ code: 'parse', detail: `repcli status: ${firstLine(text)}` })
  return ok({
    running: state === '' ? null : !/not running|stopped/.test(state),
    engineVersion: version,
    ...judge(state, told, isWithoutDiskAccess(text, told)),
  })
}

/** The forms of Windows (brackets) and of Linux: no permission of the system stands between the sensor and the files. */
function isWithoutDiskAccess(text: string, told: ReadonlyMap<string, string>): boolean {
  if (/^[ \t]{0,40}Sensor State\[/m.test(text)) return true
  const isLinux = /^Sensor Status:[ \t]{0,40}$/m.test(text) && !/Kernel Type|System Extension|Disk Access/.test(text)
  return isLinux && told.get('registered')?.toLowerCase() === 'yes'
}

function judge(
  state: string,
  told: ReadonlyMap<string, string>,
  isWithoutAccess: boolean,
): Pick<ProductStatus, 'realTime' | 'mode'> {
  const named = [...told].map(([name, value]) => [name, value.toLowerCase()] as const)
  const bypass = named.some(([name, value]) => /bypass/.test(name) && /^(?:enabled|on|yes|true)/.test(value))
  const denied = named.some(
    ([name, value]) =>
      /full ?disk ?access|repmgr|extension|kext/.test(name) &&
      /not ?(?:configured|enabled|granted|running|approved)|disabled|denied/.test(value),
  )
  if (/bypass/.test(state) || bypass) return { realTime: false, mode: 'off' }
  if (/unregistered|deregistered/.test(state)) return { realTime: false, mode: 'unregistered' }
  if (/disabled|not running|stopped|inactive|quarantine failed/.test(state)) return { realTime: false, mode: 'off' }
  if (denied) return { realTime: false, mode: 'reduced' }
  // On macOS the sensor is blind without access to the disk: where brackets do not mark the form of Windows it must be told.
  const granted = named.some(
    ([name, value]) => /full ?disk ?access/.test(name) && /^(?:configured|granted|enabled)/.test(value),
  )
  const proven = /^(?:enabled|active)\b/.test(state) && (isWithoutAccess || granted)
  return proven ? { realTime: true, mode: 'active' } : { realTime: null, mode: null }
}

/** Errors as `parseRepcli`. */
export const carbonBlackSource: Source<'antivirus'> = {
  id: 'antivirus/carbon-black',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode }) => {
    const status = parseRepcli(decode(stdout), stderr, exitCode)
    if (!status.ok) return status
    return ok({
      parts: { products: read('antivirus/carbon-black', [productOf('carbon-black', status.value)]) },
      samples: {},
    })
  },
}
