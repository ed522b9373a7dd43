/** Tables of the rules about the machine itself. */
import type { Battery, Hardware, OsFacts } from '../../../shared/checks/system.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, GB } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const os = (change: Partial<OsFacts>, now = NOW): Row[1] => ({
  now,
  parts: {
    system: {
      os: read('system/os-release', {
        family: 'linux',
        id: 'debian',
        name: 'Debian 13',
        version: '13',
        build: null,
        kernel: null,
        edition: null,
        ...change,
      }),
    },
  },
})

ruleTable('system/support-ended', [
  ['Debian 13: LTS moves its end', os({}), 'pass'],
  ['Debian 13, 366 days before the end of LTS', os({}, at('2029-06-28')), 'pass'],
  ['Debian 13, 364 days before', os({}, at('2029-07-01')), 'info'],
  ['Debian 13, 179 days before', os({}, at('2030-01-02')), 'warning'],
  ['Debian 13, 29 days before', os({}, at('2030-06-01')), 'critical'],
  ['Debian 10 is over', os({ version: '10' }), 'critical'],
  ['Ubuntu 20.04 is over, and support can be bought', os({ id: 'ubuntu', version: '20.04' }), 'warning'],
  ['Ubuntu 20.04, bought support ends', os({ id: 'ubuntu', version: '20.04' }, at('2030-05-20')), 'critical'],
  ['Rocky 9.4 by its major number', os({ id: 'rocky', version: '9.4' }), 'pass'],
  ['Alpine 3.22.1 by its first two numbers', os({ id: 'alpine', version: '3.22.1' }), 'info'],
  ['CentOS 7', os({ id: 'centos', version: '7' }), 'critical'],
  ['a rolling release', os({ id: 'arch', version: null }), 'unknown unsupported'],
  ['a derivative', os({ id: 'toString', version: '1' }), 'unknown unsupported'],
  ['Windows 11 24H2 Pro', os({ family: 'windows', id: 'windows', build: '10.0.26100.1', edition: 'pro' }), 'critical'],
  [
    'Windows 11 24H2 Enterprise',
    os({ family: 'windows', id: 'windows', build: '10.0.26100.1', edition: 'enterprise' }),
    'pass',
  ],
  [
    'Windows 11 24H2 LTSC',
    os({ family: 'windows', id: 'windows', build: '10.0.26100.1', edition: 'enterprise-ltsc' }),
    'pass',
  ],
  [
    'Windows Server 2016',
    os({ family: 'windows', id: 'windows', build: '10.0.14393.1', edition: 'server-standard' }),
    'warning',
  ],
  [
    'Windows without an edition',
    os({ family: 'windows', id: 'windows', build: '10.0.26100.1' }),
    'unknown unsupported',
  ],
  ['macOS 26: no end announced', os({ family: 'macos', id: 'macos', version: '26.1' }), 'pass'],
  ['macOS 12', os({ family: 'macos', id: 'macos', version: '12.7' }), 'critical'],
])

const up = (days: number, container = false): Row[1] => ({
  parts: {
    system: {
      boot: read('system/boot', { bootedAt: NOW - days * DAY_MS }),
      virtualization: read('system/virt', { kind: container ? 'lxc' : 'none', container }),
    },
  },
})
const desktop = { role: 'desktop' } as const
ruleTable('system/uptime-long', [
  ['30 days', up(30), 'pass'],
  ['over 30 days', up(30.01), 'info'],
  ['server, over 60 days', up(60.01), 'info'],
  ['desktop, over 60 days', { ...up(60.01), ...desktop }, 'warning'],
  ['laptop, over 60 days', { ...up(60.01), role: 'laptop' }, 'warning'],
  ['server, over 180 days', up(180.01), 'warning'],
  ['a container', up(400, true), 'not-applicable'],
  ['started in the future', up(-1), 'unknown parse'],
])

const battery = (change: Partial<Battery>): Row[1] => ({
  parts: {
    system: {
      batteries: read('system/batteries', [
        { name: 'BAT0', designCapacity: 1_000, fullCapacity: 900, cycles: 100, ...change },
      ]),
    },
  },
})
ruleTable('system/battery-worn', [
  ['90 %', battery({}), 'pass'],
  ['60 %', battery({ fullCapacity: 600 }), 'pass'],
  ['59.9 %', battery({ fullCapacity: 599 }), 'warning'],
  ['40 %', battery({ fullCapacity: 400 }), 'warning'],
  ['39.9 %', battery({ fullCapacity: 399 }), 'critical'],
  ['does not tell', battery({ fullCapacity: null }), 'unknown empty'],
  ['no design capacity', battery({ designCapacity: 0 }), 'unknown empty'],
  ['the maker asks for service, no capacity', battery({ designCapacity: null, condition: 'service' }), 'warning'],
  ['the maker asks for service at 90 %', battery({ condition: 'service' }), 'warning'],
  ['the maker says normal at 30 %', battery({ fullCapacity: 300, condition: 'normal' }), 'critical'],
  ['the maker says normal, no capacity', battery({ designCapacity: null, condition: 'normal' }), 'pass'],
  ['the maker says nothing, no capacity', battery({ designCapacity: null, condition: null }), 'unknown empty'],
  ['none', { parts: { system: { batteries: read('x', []) } } }, 'not-applicable'],
  [
    'no right to look',
    { parts: { system: { batteries: failed('x', { code: 'access-denied', detail: '' }) } } },
    'unknown access-denied',
  ],
])

const ends = (unexpectedShutdowns: number, systemStops: number | null): Row[1] => ({
  parts: { system: { crashes: read('system/windows-events', { unexpectedShutdowns, systemStops, withinDays: 7 }) } },
})
ruleTable('system/crashes', [
  ['none', ends(0, 0), 'pass'],
  ['none, stops are not told apart', ends(0, null), 'pass'],
  ['one', ends(1, 0), 'info'],
  ['one blue screen', ends(0, 1), 'info'],
  ['one of each', ends(1, 1), 'warning'],
  ['four', ends(4, null), 'warning'],
  ['five', ends(2, 3), 'critical'],
  [
    'a system that keeps no record',
    { parts: { system: { crashes: failed('system/wtmp', { code: 'unsupported', detail: '' }) } } },
    'not-applicable',
  ],
  [
    'no right to look',
    { parts: { system: { crashes: failed('system/wtmp', { code: 'access-denied', detail: '' }) } } },
    'unknown access-denied',
  ],
])

const hardware = (memoryBytes: number | null): Hardware => ({
  vendor: null,
  model: null,
  serial: null,
  chassis: null,
  biosDate: null,
  cpu: null,
  cpuThreads: null,
  memoryBytes,
})
const memory = (meanGb: number, totalGb: number | null, lastAt = NOW): Row[1] => ({
  parts: { system: { hardware: read('system/inventory', hardware(totalGb === null ? null : totalGb * GB)) } },
  trends: { 'system/memory:usedBytes': { days: 7, perDay: 0, mean: meanGb * GB, lastAt } },
})
ruleTable('system/memory-short', [
  ['half', memory(5, 10), 'pass'],
  ['90 %', memory(9, 10), 'pass'],
  ['over 90 %', memory(9.1, 10), 'warning'],
  ['total not told', memory(9.1, null), 'unknown empty'],
  ['a mean that ended a week ago', memory(9.1, 10, NOW - 7 * DAY_MS), 'unknown needs-history'],
])
