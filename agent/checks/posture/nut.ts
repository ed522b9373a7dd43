/**
 * Network UPS Tools: `upsc NAME` (`ups.status: OL`) and the protocol's `LIST VAR` (`VAR name ups.status "OL"`). Tokens of ups.status as
 * in the developer guide of NUT. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { noAnswer } from './contribute.ts'
import { type ToldUps, tellUps, upsNumber } from './ups-status.ts'

type Variables = Map<string, string>
const MAX_LINES = 10_000

/** @param name of the UPS where the output does not name it (`upsc`). Errors: `stale` (no news of the UPS), `exit`, `empty`, `parse`. */
export function parseNut(
  text: string,
  stderr: string,
  exitCode: number | null,
  name = 'ups',
): Result<readonly ToldUps[], Failure> {
  if (/\bdata stale\b|DATA-STALE/i.test(`${text.slice(0, 2_000)}\n${stderr}`))
    return err({ code: 'stale', detail: 'the driver of the UPS has no news of it' })
  const devices = variablesOf(text, name)
  if (exitCode !== 0 || devices.size === 0) return noAnswer('upsc', text, stderr, exitCode)
  const told: ToldUps[] = []
  for (const [device, variables] of devices) {
    const status = variables.get('ups.status')
    if (status === undefined || status === '') return err({ code: 'parse', detail: 'upsc: no ups.status' })
    told.push(upsOf(device.slice(0, 64), status, variables))
  }
  return ok(told)
}

function variablesOf(text: string, name: string): ReadonlyMap<string, Variables> {
  const devices = new Map<string, Variables>()
  for (const line of text.split('\n', MAX_LINES)) {
    const listed = /^VAR (\S{1,64}) (\S{1,80}) "([^"\n]{0,200})"\s*$/.exec(line)
    const printed = /^([a-z][\w.]{1,79}\.[\w.]{1,80}): ([^\n]{0,200})$/.exec(line)
    const [device, key, value] = listed !== null ? listed.slice(1) : printed !== null ? [name, ...printed.slice(1)] : []
    if (device === undefined || key === undefined || value === undefined) continue
    const variables = devices.get(device) ?? new Map<string, string>()
    devices.set(device, variables)
    // A variable that stands there twice with different values is told by neither.
    variables.set(key, variables.has(key) && variables.get(key) !== value.trim() ? '' : value.trim())
  }
  return devices
}

function upsOf(name: string, status: string, variables: Variables): ToldUps {
  const tokens = new Set(status.split(/\s+/))
  const troubles = [variables.get('ups.alarm'), variables.get('ups.test.result')].join('\n')
  const isBattery = tokens.has('RB') || BATTERY_TROUBLE.test(troubles)
  const isOther = !isBattery && (tokens.has('ALARM') || (variables.get('ups.alarm') ?? '') !== '')
  const told = statusOf(tokens)
  return {
    name,
    // What else is wrong with it is not known, so that "online" is not believed.
    status: told === 'online' && isOther ? 'unknown' : told,
    replaceBattery: isBattery,
    chargePercent: upsNumber(variables.get('battery.charge')),
    runtimeSeconds: upsNumber(variables.get('battery.runtime')),
    loadPercent: upsNumber(variables.get('ups.load')),
  }
}

/** Words of the drivers for a battery that no longer does its work, and of a failed test of it. */
const BATTERY_TROUBLE =
  /replace.{0,20}batter|batter.{0,20}(?:replac|fail|bad|fault|voltage too low|not present|disconnect)|no battery|self-?test fail|done and error|test fail/i

function statusOf(tokens: ReadonlySet<string>): ToldUps['status'] {
  if (tokens.has('FSD') || (tokens.has('LB') && !tokens.has('OL'))) return 'low-battery'
  if (tokens.has('OB')) return 'on-battery'
  if (tokens.has('OFF')) return 'off'
  if (tokens.has('BYPASS')) return 'bypass'
  // OL with DISCHRG is a calibration or, with some models, the battery (NUT, issue 2347); OVER carries more than it can.
  if (tokens.has('OVER') || (tokens.has('DISCHRG') && !tokens.has('CAL'))) return 'unknown'
  return tokens.has('OL') ? 'online' : 'unknown'
}

/** Errors as `parseNut`. */
export const nutSource: Source<'posture'> = {
  id: 'posture/nut',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const told = parseNut(decode(stdout), stderr, exitCode)
    return told.ok ? ok(tellUps('posture/nut', told.value)) : told
  },
}
