/** The UPS of this machine, if a service watches one: NUT, apcupsd, Windows. I/O through the probe; one child for each UPS. */
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { apcaccessSource } from './apcaccess.ts'
import { askBlock, askProgram } from './ask-source.ts'
import { parseNut } from './nut.ts'
import { type ToldUps, tellUps } from './ups-status.ts'
import { windowsUpsSource } from './windows-ups.ts'

const SOURCE = 'posture/ups'
const NUT = 'posture/nut'
const NUT_CONFIGURATIONS = ['/etc/nut/ups.conf', '/etc/ups/ups.conf', '/usr/local/etc/nut/ups.conf']
const MOST = 2

/** `posture/ups`: every 15 minutes, because a power cut does not wait for six hours. */
export const upsTask: Task<'posture'> = {
  id: 'posture/ups',
  check: 'posture',
  cadence: 'posture',
  parts: ['ups'],
  timeoutMs: MINUTE_MS,
  collect: collectUps,
}

async function collectUps(context: CollectContext): Promise<Contribution<'posture'>> {
  const { probe, off } = context
  if (off.has(SOURCE)) return failParts(['ups'], SOURCE, { code: 'disabled', detail: 'switched off' })
  if (probe.platform === 'win32') return orFailed(await askBlock(context, windowsUpsSource, 'ups'), windowsUpsSource.id)
  const names = await nutNames(context)
  if (!names.ok) return failParts(['ups'], NUT, names.error)
  if (names.value.length > 0) return askNut(context, names.value)
  if (await hasApcupsd(context))
    return orFailed(await askProgram(context, apcaccessSource, 'apcaccess', ['-u']), apcaccessSource.id)
  return { parts: { ups: read(SOURCE, []) }, samples: {} }
}

function orFailed(answer: Result<Contribution<'posture'>, Failure>, source: string): Contribution<'posture'> {
  return answer.ok ? answer.value : failParts(['ups'], source, answer.error)
}

/** Names of the sections of ups.conf; none: NUT watches nothing here. */
async function nutNames({ probe }: CollectContext): Promise<Result<readonly string[], Failure>> {
  for (const path of NUT_CONFIGURATIONS) {
    const file = await probe.readFile(path, { maxBytes: 256 * 1024 })
    if (!file.ok && file.error.code === 'empty') continue
    if (!file.ok) return file
    const names = [...decode(file.value).matchAll(/^\s{0,20}\[([\w.-]{1,64})\]\s*$/gm)].map(([, name = '']) => name)
    return { ok: true, value: [...new Set(names)].slice(0, MOST) }
  }
  return { ok: true, value: [] }
}

async function askNut(context: CollectContext, names: readonly string[]): Promise<Contribution<'posture'>> {
  const told: ToldUps[] = []
  for (const name of names) {
    const run = await context.probe.exec('upsc', [`${name}@localhost`])
    const answer = run.ok ? parseNut(decode(run.value.stdout), run.value.stderr, run.value.exitCode, name) : run
    if (!answer.ok) return { ...failParts<'posture'>(['ups'], NUT, answer.error), samples: lost(names) }
    told.push(...answer.value)
  }
  return tellUps(NUT, told)
}

/** Numbers that were measured before stay named, as measured and failed. */
function lost(names: readonly string[]): SampleValues {
  return Object.fromEntries(names.map((name) => [`ups:${name}:chargePercent`, null]))
}

async function hasApcupsd({ probe }: CollectContext): Promise<boolean> {
  return (await probe.stat('/etc/apcupsd/apcupsd.conf')).ok && (await probe.has('apcaccess'))
}
