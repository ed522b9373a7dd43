/** Tables of the rules about encryption, access, accounts, the start, the guards of the system and the UPS. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, type Reading, read } from '../../../shared/reading.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { type Row, ruleTable } from './rule-table.ts'

type Part = Exclude<keyof PostureSection, 'samples'>
type ValueOf<T> = T extends { readonly state: 'value'; readonly value: infer V } ? V : never
const part = <P extends Part>(name: P, value: ValueOf<PostureSection[P]>): Row[1] => ({
  parts: { posture: { [name]: read(`posture/${name}`, value) } },
})
const failedPart = (name: Part, code: 'unsupported' | 'access-denied' | 'locked'): Row[1] => ({
  parts: { posture: { [name]: failed(`posture/${name}`, { code, detail: '' }) as Reading<never> } },
})

type Volume = ValueOf<PostureSection['encryption']>[number]
const volume = (state: Volume['state'], mount = 'C:'): Volume => ({
  mount,
  system: mount === 'C:',
  state,
  method: null,
})
const volumes = (...all: readonly Volume[]) => part('encryption', [...all])
const laptop = (row: Row[1]): Row[1] => ({ ...row, role: 'laptop' })

ruleTable('posture/encryption-off', [
  ['protected', volumes(volume('protected')), { 'C:': 'pass' }],
  ['off, server', volumes(volume('off')), { 'C:': 'info' }],
  ['off, desktop', { ...volumes(volume('off')), role: 'desktop' }, { 'C:': 'info' }],
  ['off, laptop', laptop(volumes(volume('off'))), { 'C:': 'warning' }],
  ['in part, laptop', laptop(volumes(volume('partial'))), { 'C:': 'warning' }],
  ['being removed, laptop', laptop(volumes(volume('decrypting'))), { 'C:': 'warning' }],
  ['still encrypting, laptop', laptop(volumes(volume('encrypting'))), { 'C:': 'info' }],
  ['suspended is told elsewhere', laptop(volumes(volume('suspended'))), { 'C:': 'not-applicable' }],
  ['not to be looked into', volumes(volume('locked')), { 'C:': 'unknown locked' }],
  [
    'each volume by itself',
    laptop(volumes(volume('protected'), volume('off', 'D:'))),
    { 'C:': 'pass', 'D:': 'warning' },
  ],
  ['no system volume told', volumes(volume('protected', 'D:')), { '': 'unknown empty', 'D:': 'pass' }],
  ['no volume told', volumes(), 'unknown empty'],
  ['a container', failedPart('encryption', 'unsupported'), 'not-applicable'],
  ['refused', failedPart('encryption', 'access-denied'), 'unknown access-denied'],
])

const suspendedFor = (days: number): Row[1] => {
  const row = volumes(volume('suspended'))
  return { ...row, before: [{ ago: days * DAY_MS, ...row }] }
}
ruleTable('posture/encryption-suspended', [
  ['protected', volumes(volume('protected')), { 'C:': 'pass' }],
  ['suspended now', volumes(volume('suspended')), { 'C:': 'info' }],
  ['for less than 3 days', suspendedFor(2.9), { 'C:': 'info' }],
  ['for more than 3 days', suspendedFor(3.1), { 'C:': 'warning' }],
  ['off', volumes(volume('off')), { 'C:': 'not-applicable' }],
  ['not to be looked into', volumes(volume('locked')), { 'C:': 'unknown locked' }],
])

const desktop = (enabled: boolean, networkLevelAuthentication: boolean | null) =>
  part('remoteDesktop', { enabled, networkLevelAuthentication, port: 3389, tools: [] })
ruleTable('posture/rdp-without-nla', [
  ['with it', desktop(true, true), 'pass'],
  ['without it', desktop(true, false), 'warning'],
  ['no such setting', desktop(true, null), 'not-applicable'],
  [
    'the setting is lost',
    { ...desktop(true, null), before: [{ ago: DAY_MS, ...desktop(true, false) }] },
    'unknown empty',
  ],
  ['switched off', desktop(false, false), 'not-applicable'],
])

ruleTable('posture/smb1-on', [
  ['off', part('smb1', { enabled: false }), 'pass'],
  ['on', part('smb1', { enabled: true }), 'warning'],
  ['nobody is told', failedPart('smb1', 'unsupported'), 'unknown unsupported'],
  ['refused', failedPart('smb1', 'access-denied'), 'unknown access-denied'],
])

type Accounts = ValueOf<PostureSection['accounts']>
const accounts = (change: Partial<Accounts>) =>
  part('accounts', {
    administrators: 1,
    guestEnabled: false,
    automaticLogin: false,
    emptyPasswords: 0,
    builtinAdministratorEnabled: false,
    ...change,
  })
const lost = (now: Partial<Accounts>, before: Partial<Accounts>): Row[1] => ({
  ...accounts(now),
  before: [{ ago: 2 * DAY_MS, ...accounts(before) }],
})

ruleTable('posture/guest-on', [
  ['off', accounts({}), 'pass'],
  ['on', accounts({ guestEnabled: true }), 'warning'],
  ['never told', accounts({ guestEnabled: null }), 'not-applicable'],
  ['no longer told', lost({ guestEnabled: null }, { guestEnabled: true }), 'unknown empty'],
])
ruleTable('posture/automatic-login', [
  ['off', accounts({}), 'pass'],
  ['on', accounts({ automaticLogin: true }), 'warning'],
  ['no screen', accounts({ automaticLogin: null }), 'not-applicable'],
])
ruleTable('posture/empty-passwords', [
  ['none', accounts({}), 'pass'],
  ['one', accounts({ emptyPasswords: 1 }), 'warning'],
  ['never told', accounts({ emptyPasswords: null }), 'not-applicable'],
  ['no longer told', lost({ emptyPasswords: null }, { emptyPasswords: 1 }), 'unknown empty'],
])
ruleTable('posture/administrators-many', [
  ['at the limit', accounts({ administrators: 2 }), 'pass'],
  ['past it', accounts({ administrators: 3 }), 'warning'],
  ['a wider limit', { ...accounts({ administrators: 3 }), policy: { 'posture.administratorsMostCount': 5 } }, 'pass'],
  ['never told', accounts({ administrators: null }), 'not-applicable'],
])

const lock = (state: 'on' | 'off' | 'no-screen') => part('screenLock', { state, afterSeconds: null })
ruleTable('posture/screen-lock-off', [
  ['on', lock('on'), 'pass'],
  ['off', lock('off'), 'info'],
  ['no screen', lock('no-screen'), 'not-applicable'],
  ['only the session knows', failedPart('screenLock', 'unsupported'), 'unknown unsupported'],
  ['refused', failedPart('screenLock', 'access-denied'), 'unknown access-denied'],
])

const boot = (secureBoot: boolean | null) => part('bootTrust', { secureBoot, tpm: '2.0' })
ruleTable('posture/secure-boot-off', [
  ['on', boot(true), 'pass'],
  ['off', boot(false), 'info'],
  ['legacy BIOS', boot(null), 'not-applicable'],
  ['no longer told', { ...boot(null), before: [{ ago: 2 * DAY_MS, ...boot(false) }] }, 'unknown empty'],
])

const none = 'not-applicable'
ruleTable('posture/guards-off', [
  ['Linux', part('guards', { gatekeeper: null, sip: null, uac: null }), { gatekeeper: none, sip: none, uac: none }],
  [
    'macOS',
    part('guards', { gatekeeper: true, sip: false, uac: null }),
    { gatekeeper: 'pass', sip: 'warning', uac: none },
  ],
  [
    'Windows',
    part('guards', { gatekeeper: null, sip: null, uac: false }),
    { gatekeeper: none, sip: none, uac: 'warning' },
  ],
])

type Ups = ValueOf<PostureSection['ups']>[number]
const ups = (status: Ups['status'], replaceBattery: boolean | null = false) =>
  part('ups', [{ name: 'cellar', status, replaceBattery }])
ruleTable('posture/ups-on-battery', [
  ['no UPS', part('ups', []), 'not-applicable'],
  ['on mains', ups('online'), { cellar: 'pass' }],
  ['on battery', ups('on-battery'), { cellar: 'warning' }],
  ['low', ups('low-battery'), { cellar: 'critical' }],
  ['bypass', ups('bypass'), { cellar: 'warning' }],
  ['off', ups('off'), { cellar: 'warning' }],
  ['it does not answer', ups('unknown', null), { cellar: 'unknown empty' }],
])
ruleTable('posture/ups-replace-battery', [
  ['good', ups('online'), { cellar: 'pass' }],
  ['old', ups('online', true), { cellar: 'warning' }],
  ['not told', ups('online', null), { cellar: 'not-applicable' }],
])
