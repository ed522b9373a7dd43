/** Whether the clock of this machine is kept, and by what. I/O through the probe; one child, two with chrony. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { readProcessNames } from '../processes.ts'
import { askProgram } from './ask-source.ts'
import { type ChronyState, parseChronyc } from './chronyc.ts'
import { ntpqSource } from './ntpq.ts'
import { sntpSource } from './sntp.ts'
import { parseTimedatectl, type TimeState } from './timedatectl.ts'
import { w32tmSource } from './w32tm.ts'

const SOURCE = 'posture/time'
const OFFSET = 'time:offsetMicroseconds'
/** Daemons that keep a clock, by the name of their process. */
const DAEMONS = [
  ['chronyd', 'chrony'],
  ['systemd-timesyncd', 'systemd-timesyncd'],
  ['ntpd', 'ntpd'],
  ['openntpd', 'openntpd'],
] as const

/** `posture/time`: `timedatectl show`, and `chronyc tracking` where chronyd runs. */
export const timeTask: Task<'posture'> = {
  id: 'posture/time',
  check: 'posture',
  cadence: 'posture',
  parts: ['time'],
  timeoutMs: MINUTE_MS,
  wake: [
    '/run/systemd/timesync/synchronized',
    '/etc/systemd/timesyncd.conf',
    '/etc/chrony/chrony.conf',
    '/etc/chrony.conf',
  ],
  collect: async (context) => {
    const { probe, off } = context
    const refusal = await refuse(probe, off)
    if (refusal !== null) return failParts(['time'], SOURCE, refusal)
    return probe.platform === 'linux' ? collectTime(context) : collectOthers(context)
  },
}

/** The time service of Windows; macOS is asked by how far it is off a server of its maker. */
async function collectOthers(context: CollectContext): Promise<Contribution<'posture'>> {
  const isWindows = context.probe.platform === 'win32'
  const source = isWindows ? w32tmSource : sntpSource
  const answer = isWindows
    ? await askProgram(context, source, 'w32tm', ['/query', '/status', '/verbose'])
    : await askProgram(context, source, 'sntp', ['-t', '3', 'time.apple.com'])
  return answer.ok ? answer.value : failParts(['time'], source.id, answer.error)
}

async function refuse(probe: Probe, off: ReadonlySet<string>): Promise<Failure | null> {
  if (off.has(SOURCE)) return { code: 'disabled', detail: 'switched off' }
  if (probe.platform !== 'linux') return null
  const container = await readContainer(probe)
  if (container === null) return null
  return { code: 'unsupported', detail: `Container (${container}): its clock is the one of the machine around it` }
}

async function collectTime(context: CollectContext): Promise<Contribution<'posture'>> {
  const { probe } = context
  const names = await readProcessNames(probe)
  if (!names.ok) return failParts(['time'], SOURCE, names.error)
  const tool = DAEMONS.find(([process]) => names.value.has(process))?.[1] ?? null
  if (tool === 'chrony') return fromChrony(await askChrony(probe))
  const followed =
    tool === 'ntpd' && (await probe.has('ntpq')) ? await askProgram(context, ntpqSource, 'ntpq', ['-pn']) : null
  if (followed !== null) return followed.ok ? followed.value : failParts(['time'], ntpqSource.id, followed.error)
  const state = await askSystemd(probe)
  if (!state.ok) return { parts: { time: failed('posture/timedatectl', state.error) }, samples: {} }
  const time: PostureSection['time'] = read('posture/timedatectl', { ...state.value, tool })
  return { parts: { time }, samples: {} }
}

function fromChrony(state: Result<ChronyState, Failure>): Contribution<'posture'> {
  if (!state.ok) return { parts: { time: failed('posture/chronyc', state.error) }, samples: { [OFFSET]: null } }
  const { synchronized, offsetMicroseconds } = state.value
  const samples: SampleValues = { [OFFSET]: offsetMicroseconds }
  return { parts: { time: read('posture/chronyc', { synchronized, tool: 'chrony', enabled: true }) }, samples }
}

async function askChrony(probe: Probe): Promise<Result<ChronyState, Failure>> {
  const run = await probe.exec('chronyc', ['-c', 'tracking'])
  return run.ok ? parseChronyc(decode(run.value.stdout), run.value.exitCode) : run
}

async function askSystemd(probe: Probe): Promise<Result<TimeState, Failure>> {
  const run = await probe.exec('timedatectl', ['show'])
  return run.ok ? parseTimedatectl(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
}
