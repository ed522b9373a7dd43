/** `apcaccess [-u]` of apcupsd → the UPS. Words of STATUS as in the manual of apcupsd 3.14. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { noAnswer } from './contribute.ts'
import { type ToldUps, tellUps, upsNumber } from './ups-status.ts'

const MINUTE_SECONDS = 60

/** Errors: `exit` (apcupsd does not answer), `empty`, `parse` (no STATUS). COMMLOST is a UPS of which nothing is known. */
export function parseApcaccess(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<readonly ToldUps[], Failure> {
  const values = new Map<string, string>()
  for (const line of text.split('\n', 1_000)) {
    const [, key, value] = /^([A-Z0-9 ]{2,10}?)\s{0,8}: ([^\n]{0,200})$/.exec(line.slice(0, 240)) ?? []
    if (key === undefined || value === undefined) continue
    const name = key.trim()
    values.set(name, values.has(name) && values.get(name) !== value.trim() ? '' : value.trim())
  }
  const status = values.get('STATUS') ?? ''
  if (exitCode !== 0 || status === '') return noAnswer('apcaccess', text, stderr, exitCode)
  const words = new Set(status.split(/\s+/))
  const minutes = upsNumber(values.get('TIMELEFT'))
  const isLost = words.has('COMMLOST')
  const selfTest = values.get('SELFTEST') ?? ''
  return ok([
    {
      name: (values.get('UPSNAME') || 'ups').slice(0, 64),
      // NG: the self-test failed under more load than it can carry.
      status: /^NG\b/.test(selfTest) && statusOf(words) === 'online' ? 'unknown' : statusOf(words),
      replaceBattery: isLost ? null : words.has('REPLACEBATT') || words.has('NOBATT') || /^BT\b/.test(selfTest),
      chargePercent: isLost ? null : upsNumber(values.get('BCHARGE')),
      runtimeSeconds: isLost || minutes === null ? null : minutes * MINUTE_SECONDS,
      loadPercent: isLost ? null : upsNumber(values.get('LOADPCT')),
    },
  ])
}

function statusOf(words: ReadonlySet<string>): ToldUps['status'] {
  if (words.has('COMMLOST')) return 'unknown'
  if (words.has('LOWBATT') || words.has('SHUTTING')) return 'low-battery'
  if (words.has('ONBATT')) return 'on-battery'
  if (words.has('OVERLOAD') || words.has('SLAVEDOWN')) return 'unknown'
  return words.has('ONLINE') ? 'online' : 'unknown'
}

/** Errors as `parseApcaccess`. */
export const apcaccessSource: Source<'posture'> = {
  id: 'posture/apcaccess',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const told = parseApcaccess(decode(stdout), stderr, exitCode)
    return told.ok ? ok(tellUps('posture/apcaccess', told.value)) : told
  },
}
