/** Tables of the rules about access and time. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, type Reading, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { type Row, ruleTable } from './rule-table.ts'

type ValueOf<T> = T extends { readonly state: 'value'; readonly value: infer V } ? V : never
const part = <P extends 'firewall' | 'sshd' | 'time'>(name: P, value: ValueOf<PostureSection[P]>): Row[1] => ({
  parts: { posture: { [name]: read(`posture/${name}`, value) } },
})
const failedPart = (name: string, code: 'unsupported' | 'tool-missing' | 'access-denied'): Row[1] => ({
  parts: { posture: { [name]: failed(`posture/${name}`, { code, detail: '' }) as Reading<never> } },
})

type Firewall = ValueOf<PostureSection['firewall']>
const firewall = (change: Partial<Firewall>) =>
  part('firewall', { tool: 'ufw', enabled: true, startsAtBoot: true, inbound: 'drop', ...change })

const windows = (publicProfile: { readonly enabled: boolean; readonly inbound: 'drop' | 'accept' | null }) => {
  const on = { enabled: true, inbound: 'drop' as const }
  const profiles = [
    { name: 'domain' as const, ...on },
    { name: 'private' as const, ...on },
    { name: 'public' as const, ...publicProfile },
  ]
  return firewall({ tool: 'windows-firewall', ...publicProfile, profiles })
}
const both = { domain: 'pass', private: 'pass' }
const openFor = (days: number): Row[1] => {
  const row = windows({ enabled: false, inbound: 'drop' })
  return { ...row, before: [{ ago: days * DAY_MS, ...row }] }
}

ruleTable('posture/firewall-off', [
  ['Windows, all on', windows({ enabled: true, inbound: 'drop' }), { ...both, public: 'pass' }],
  ['Windows, public network off', windows({ enabled: false, inbound: 'drop' }), { ...both, public: 'warning' }],
  ['Windows, public network off for 23 hours', openFor(23 / 24), { ...both, public: 'warning' }],
  ['Windows, public network off for over a day', openFor(1.01), { ...both, public: 'critical' }],
  [
    'Windows, public network lets all in',
    windows({ enabled: true, inbound: 'accept' }),
    { ...both, public: 'warning' },
  ],
  ['Windows, default not told', windows({ enabled: true, inbound: null }), { ...both, public: 'unknown empty' }],
  ['on', firewall({}), 'pass'],
  ['off', firewall({ enabled: false }), 'warning'],
  ['on and lets all in', firewall({ inbound: 'accept' }), 'warning'],
  ['on, default not told', firewall({ inbound: null }), 'unknown empty'],
  ['no known firewall is not off', firewall({ tool: null, enabled: false, inbound: null }), 'unknown empty'],
  ['a container', failedPart('firewall', 'unsupported'), 'not-applicable'],
  ['no right to ask', failedPart('firewall', 'access-denied'), 'unknown access-denied'],
  ['a laptop is judged alike', { ...firewall({ enabled: false }), role: 'laptop' }, 'warning'],
])

ruleTable('posture/firewall-not-permanent', [
  ['permanent', firewall({}), 'pass'],
  ['gone after a restart', firewall({ startsAtBoot: false }), 'warning'],
  ['not told', firewall({ startsAtBoot: null }), 'unknown empty'],
  ['off', firewall({ enabled: false, startsAtBoot: false }), 'not-applicable'],
])

type Sshd = ValueOf<PostureSection['sshd']>
const sshd = (change: Partial<Sshd>) =>
  part('sshd', { running: true, rootLogin: 'no', passwordLogin: false, ports: [22], reachable: true, ...change })

ruleTable('posture/ssh-root-login', [
  ['no', sshd({}), 'pass'],
  ['by key', sshd({ rootLogin: 'keys-only' }), 'pass'],
  ['fixed commands', sshd({ rootLogin: 'forced-commands' }), 'pass'],
  ['yes, passwords accepted', sshd({ rootLogin: 'yes', passwordLogin: true }), 'warning'],
  ['yes, passwords not told', sshd({ rootLogin: 'yes', passwordLogin: null }), 'warning'],
  ['yes, keys only', sshd({ rootLogin: 'yes', passwordLogin: false }), 'info'],
  ['yes, on loopback only', sshd({ rootLogin: 'yes', passwordLogin: true, reachable: false }), 'info'],
  ['not told', sshd({ rootLogin: null }), 'unknown empty'],
  ['no server listens', sshd({ running: false, rootLogin: 'yes' }), 'not-applicable'],
  ['tool missing', failedPart('sshd', 'tool-missing'), 'unknown tool-missing'],
  ['something else listens on its port', failedPart('sshd', 'unsupported'), 'unknown unsupported'],
])

ruleTable('posture/ssh-password-login', [
  ['no', sshd({}), 'pass'],
  ['yes, server', sshd({ passwordLogin: true }), 'warning'],
  ['yes, server, reach not told', sshd({ passwordLogin: true, reachable: null }), 'warning'],
  ['yes, server, loopback only', sshd({ passwordLogin: true, reachable: false }), 'info'],
  ['yes, desktop', { ...sshd({ passwordLogin: true }), role: 'desktop' }, 'info'],
  ['not told', sshd({ passwordLogin: null }), 'unknown empty'],
  ['no server listens', sshd({ running: false }), 'not-applicable'],
])

const time = (synchronized: boolean, offsetMs: number | null | undefined = 1): Row[1] => ({
  ...part('time', { synchronized, tool: 'chrony', enabled: true }),
  samples: { posture: { 'time:offsetMicroseconds': typeof offsetMs === 'number' ? offsetMs * 1_000 : offsetMs } },
})
const lostFor = (days: number): Row[1] => ({ ...time(false), before: [{ ago: days * DAY_MS, ...time(false) }] })
ruleTable('posture/time-unsynchronized', [
  ['synchronized', time(true), 'pass'],
  ['server, 500 ms off', time(true, 500), 'pass'],
  ['server, 501 ms off', time(true, -501), 'warning'],
  ['desktop, 501 ms off', { ...time(true, 501), role: 'desktop' }, 'pass'],
  ['server, offset failed', time(true, null), 'unknown empty'],
  ['not synchronized', time(false), 'info'],
  ['not for 23 hours', lostFor(23 / 24), 'info'],
  ['not for over a day', lostFor(1.01), 'warning'],
  ['not for over 7 days', lostFor(7.01), 'critical'],
  [
    'found again in between',
    {
      ...time(false),
      before: [
        { ago: 9 * DAY_MS, ...time(false) },
        { ago: DAY_MS, ...time(true) },
        { ago: HOUR_MS, ...time(false) },
      ],
    },
    'info',
  ],
  ['a container', failedPart('time', 'unsupported'), 'not-applicable'],
])
