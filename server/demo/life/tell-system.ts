/** Posture and inventory of a demo machine at one moment, and all six checks together. Pure. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { read } from '../../../shared/reading.ts'
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import { atLocal, localDay } from '../local-time.ts'
import { osOf } from '../scenario/operating-systems.ts'
import { type DemoMachine, during } from '../scenario/world.ts'
import { readAt } from './readings.ts'
import { STEADY_SYSTEM, steadyPosture } from './steady-parts.ts'
import { tellDisk } from './tell-disk.ts'
import { tellAntivirus, tellBackup, tellPatch } from './tell-software.ts'
import { keptParts, type Look, type Told, type ToldMachine } from './told.ts'

const TOOLS = {
  windows: { firewall: 'windows-firewall', time: 'w32time' },
  macos: { firewall: 'application-firewall', time: 'timed' },
  linux: { firewall: 'ufw', time: 'systemd-timesyncd' },
} as const
const BATTERY_MWH = 57_000
const BATTERY_SPAN_DAYS = 120
/** Name of the only battery; the item in findings. */
export const BATTERY_NAME = 'BAT0'

/** Health of the battery at an instant, whole percent; null: none. */
export function batteryPercent({ spec, anchorAt }: DemoMachine, at: EpochMs): number | null {
  if (spec.battery === null) return null
  const [before, atEnd] = spec.battery
  return Math.floor(atEnd + ((before - atEnd) * (anchorAt - at)) / (BATTERY_SPAN_DAYS * DAY_MS))
}

function sshdOf(machine: DemoMachine, passwordLogin: boolean): PostureSection['sshd'] {
  const isOn = osOf(machine.spec.os).facts.family === 'linux'
  if (!isOn)
    return read('posture/sshd', { running: false, rootLogin: null, passwordLogin: null, ports: [], reachable: null })
  return read('posture/sshd', { running: true, rootLogin: 'no' as const, passwordLogin, ports: [22], reachable: true })
}

function tellPosture(machine: DemoMachine, { at }: Look): Told<'posture'> {
  const tools = TOOLS[osOf(machine.spec.os).facts.family]
  const enabled = during(machine, 'firewall-off', at) === null
  const inbound = enabled ? ('drop' as const) : ('accept' as const)
  const passwordLogin = during(machine, 'ssh-passwords', at) !== null
  return {
    parts: keptParts(machine, 'posture', `${enabled} ${passwordLogin}`, () => ({
      firewall: read('posture/firewall', { tool: tools.firewall, enabled, startsAtBoot: enabled, inbound }),
      ...steadyPosture(machine),
      sshd: sshdOf(machine, passwordLogin),
      time: read('posture/time', { synchronized: true, tool: tools.time, enabled: true }),
    })),
    samples: {
      'time:offsetMicroseconds':
        200 + Math.floor(chance(machine.seed, machine.spec.key, Math.floor(at / HOUR_MS), 'clock') * 9_000),
    },
    readAt: at,
    partReadAt: {},
  }
}

/** Busy at work, idle at night: 0 to 1. */
function busyShare({ spec, seed }: DemoMachine, at: EpochMs): number {
  const minutes = (at - atLocal(localDay(at), 0)) / MINUTE_MS
  const isDay = minutes > 8 * 60 && minutes < 18 * 60
  return (isDay ? 0.35 : 0.05) + 0.2 * chance(seed, spec.key, Math.floor(at / MINUTE_MS), 'busy')
}

function systemSamples(machine: DemoMachine, { at, startedAt }: Look) {
  const { memoryBytes, memoryShare } = machine.spec
  const busy = busyShare(machine, at)
  const used = memoryBytes * Math.min(0.98, memoryShare + (busy - 0.3) * 0.06)
  return {
    'memory:usedBytes': Math.round(used / 1_000_000) * 1_000_000,
    'cpu:busyPermille': Math.round(busy * 1_000),
    'load:centi1': Math.round(busy * 400),
    'uptime:seconds': Math.max(0, Math.round((at - startedAt) / 1_000)),
  }
}

const INVENTORY = ['os', 'boot', 'virtualization', 'hardware', 'crashes', 'batteries'] as const

function inventoryOf(machine: DemoMachine, inventoryAt: EpochMs, bootedAt: EpochMs): Told<'system'>['parts'] {
  const { spec } = machine
  const percent = batteryPercent(machine, inventoryAt)
  const fullCapacity = percent === null ? null : Math.round((BATTERY_MWH * percent) / 100)
  const battery = { name: BATTERY_NAME, designCapacity: BATTERY_MWH, fullCapacity, cycles: null }
  const hardware = { ...spec.hardware, serial: null, chassis: spec.role, cpuThreads: 8, memoryBytes: spec.memoryBytes }
  return {
    os: read('system/os', osOf(spec.os).facts),
    boot: read('system/boot', { bootedAt }),
    virtualization: read('system/virtualization', { kind: 'none', container: false }),
    hardware: read('system/hardware', hardware),
    ...STEADY_SYSTEM,
    batteries: read('system/battery', percent === null ? [] : [battery]),
  }
}

function tellSystem(machine: DemoMachine, look: Look & { readonly bootedAt: EpochMs }): Told<'system'> {
  const inventoryAt = readAt(machine, 'inventory', look.startedAt, look.at)
  const { at, bootedAt } = look
  return {
    parts: keptParts(machine, 'system', `${inventoryAt} ${bootedAt}`, () =>
      inventoryOf(machine, inventoryAt, bootedAt),
    ),
    samples: systemSamples(machine, { at, startedAt: bootedAt }),
    readAt: at,
    partReadAt: Object.fromEntries(INVENTORY.map((part) => [part, inventoryAt])),
  }
}

/** Everything that the machine's agent would tell. @param bootedAt start of the machine itself. */
export function tellMachine(machine: DemoMachine, look: Look & { readonly bootedAt: EpochMs }): ToldMachine {
  return {
    antivirus: tellAntivirus(machine, look),
    backup: tellBackup(machine, look),
    disk: tellDisk(machine, look),
    patch: tellPatch(machine, look),
    posture: tellPosture(machine, look),
    system: tellSystem(machine, look),
  }
}
