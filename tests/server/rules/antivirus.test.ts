/** Tables of the rules about protection. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const CLAMAV: Product = {
  id: 'clamav',
  name: 'ClamAV',
  kind: 'antivirus',
  running: true,
  realTime: true,
  engineVersion: '1.4',
  updaterRunning: true,
}
const products = (...list: Partial<Product>[]): Row[1] => ({
  parts: {
    antivirus: {
      products: read(
        'antivirus/products',
        list.map((one) => ({ ...CLAMAV, ...one })),
      ),
    },
  },
})
/** The same list as a Windows machine tells it. */
const onWindows = (...list: Partial<Product>[]): Row[1] => {
  const parts = products(...list).parts
  const os = {
    family: 'windows' as const,
    id: 'windows',
    name: 'Windows 11',
    version: '24H2',
    build: '10.0.26100.1',
    kernel: null,
    edition: 'pro',
  }
  return { parts: { ...parts, system: { os: read('system/os', os) } } }
}
const DEFENDER = { id: 'windows-defender', name: 'Microsoft Defender Antivirus', updaterRunning: null }
const ESET = { id: 'eset', name: 'ESET', updaterRunning: null }
const required = { policy: { 'antivirus.required': true } }

ruleTable('antivirus/none-seen', [
  ['one runs', products({}), 'pass'],
  ['none on a server', products(), 'info'],
  ['none on a desktop', { ...products(), role: 'desktop' }, 'info'],
  ['none where one is asked for', { ...products(), ...required }, 'critical'],
  ['a scanner alone protects nobody', products({ kind: 'scanner' }), 'info'],
  ['none on Windows', onWindows(), 'critical'],
  [
    'what is built into macOS counts',
    products({ id: 'xprotect', kind: 'builtin', running: null, realTime: null }),
    'pass',
  ],
  [
    'not readable is never none',
    { parts: { antivirus: { products: failed('x', { code: 'tool-missing', detail: '' }) } } },
    'unknown tool-missing',
  ],
])

const stoppedFor = (minutes: number): Row[1] => ({
  ...products({ running: false }),
  before: [{ ago: minutes * MINUTE_MS, ...products({ running: false }) }],
})
ruleTable('antivirus/not-running', [
  ['runs', products({}), 'pass'],
  ['stopped', products({ running: false }), 'warning'],
  ['stopped for 58 minutes', stoppedFor(57), 'warning'],
  ['stopped for over an hour', stoppedFor(59), 'critical'],
  ['does not tell', products({ running: null }), 'unknown empty'],
  ['a scanner', products({ kind: 'scanner', running: false }), 'not-applicable'],
  ['what is built in', products({ id: 'xprotect', kind: 'builtin', running: null }), 'not-applicable'],
  [
    'a Defender that stepped aside',
    onWindows({ ...DEFENDER, running: false, realTime: false }, ESET),
    { 'windows-defender': 'not-applicable', eset: 'pass' },
  ],
  [
    'a Defender beside a product that does not watch',
    onWindows({ ...DEFENDER, running: false, realTime: false }, { ...ESET, realTime: null }),
    { 'windows-defender': 'warning', eset: 'pass' },
  ],
  [
    'another product that is stopped beside Defender',
    onWindows(DEFENDER, { ...ESET, running: false }),
    { 'windows-defender': 'pass', eset: 'warning' },
  ],
])

const blindFor = (minutes: number, change: Partial<Product>): Row[1] => ({
  ...products({ realTime: false, ...change }),
  before: [{ ago: minutes * MINUTE_MS, ...products({ realTime: false, ...change }) }],
})
ruleTable('antivirus/real-time-off', [
  ['on', products({}), 'pass'],
  ['off, antivirus not asked for', products({ realTime: false }), 'info'],
  ['off, antivirus asked for', { ...products({ realTime: false }), ...required }, 'warning'],
  ['off, behavior watcher', products({ kind: 'edr', realTime: false }), 'warning'],
  ['off for over an hour', blindFor(59, { kind: 'edr' }), 'critical'],
  ['off for 58 minutes', blindFor(57, { kind: 'edr' }), 'warning'],
  ['running is no proof', products({ realTime: null }), 'unknown empty'],
  ['a passive Defender alone protects nobody', onWindows({ ...DEFENDER, realTime: false, mode: 'passive' }), 'warning'],
  [
    'a passive Defender beside another',
    onWindows({ ...DEFENDER, realTime: false, mode: 'passive' }, ESET),
    { 'windows-defender': 'not-applicable', eset: 'pass' },
  ],
  [
    'a Defender that does not tell beside another',
    onWindows({ ...DEFENDER, realTime: null }, ESET),
    { 'windows-defender': 'unknown empty', eset: 'pass' },
  ],
  [
    'two that are passive',
    onWindows({ ...DEFENDER, realTime: false, mode: 'passive' }, { ...ESET, realTime: false, mode: 'passive' }),
    { 'windows-defender': 'warning', eset: 'warning' },
  ],
  ['snoozed', onWindows({ ...ESET, realTime: false, mode: 'snoozed' }), 'warning'],
  ['cannot do its work, and does not tell more', products({ kind: 'edr', realTime: null, mode: 'reduced' }), 'warning'],
  [
    'expired is the business of another rule',
    onWindows({ ...ESET, realTime: false, mode: 'expired' }),
    'not-applicable',
  ],
  [
    'stopped is the business of another rule',
    onWindows({ ...ESET, running: false, realTime: false }),
    'not-applicable',
  ],
  ['what is built in', products({ id: 'xprotect', kind: 'builtin', realTime: null }), 'not-applicable'],
])

const signatures = (ageMs: number | null | undefined): Row[1] => ({
  samples: { antivirus: { 'product:clamav:signaturesAt': typeof ageMs === 'number' ? NOW - ageMs : ageMs } },
})
ruleTable('antivirus/signatures-old', [
  ['3 days', signatures(3 * DAY_MS), 'pass'],
  ['1 ms over 3 days', signatures(3 * DAY_MS + 1), 'warning'],
  ['7 days', signatures(7 * DAY_MS), 'warning'],
  ['1 ms over 7 days', signatures(7 * DAY_MS + 1), 'critical'],
  ['failed', signatures(null), 'unknown empty'],
  ['listed and not there', signatures(undefined), 'unknown empty'],
  ['a product without signatures', products({ id: 'falcon', kind: 'edr' }), 'not-applicable'],
  ['dated in the future', signatures(-DAY_MS), 'unknown parse'],
  ['the product says they are old', { ...signatures(DAY_MS), ...products({ signaturesCurrent: false }) }, 'warning'],
  ['it says so without a date', onWindows({ ...ESET, signaturesCurrent: false }), 'warning'],
  ['it says they are current, without a date', onWindows({ ...ESET, signaturesCurrent: true }), 'pass'],
  ['a date is the better proof', { ...signatures(8 * DAY_MS), ...products({ signaturesCurrent: true }) }, 'critical'],
  [
    'it has said so for a week',
    {
      ...onWindows({ ...ESET, signaturesCurrent: false }),
      before: [{ ago: 7 * DAY_MS + MINUTE_MS, ...onWindows({ ...ESET, signaturesCurrent: false }) }],
    },
    'critical',
  ],
  [
    'of a Defender that stepped aside',
    onWindows(
      { ...DEFENDER, realTime: false, mode: 'off', signaturesCurrent: false },
      { ...ESET, signaturesCurrent: true },
    ),
    { 'windows-defender': 'not-applicable', eset: 'pass' },
  ],
])

const builtin = (ageDays: number): Row[1] => ({
  parts: {
    antivirus: {
      samples: ['product:xprotect:signaturesAt'],
      products: read('antivirus/macos-products', [
        { ...CLAMAV, id: 'xprotect', kind: 'builtin' as const, running: null, realTime: null },
      ]),
    },
  },
  samples: { antivirus: { 'product:xprotect:signaturesAt': NOW - ageDays * DAY_MS } },
})
ruleTable('antivirus/signatures-old', [
  ['XProtect of a month', builtin(30), 'pass'],
  ['XProtect of 91 days', builtin(91), 'warning'],
])

ruleTable('antivirus/expired', [
  ['expired', products({ mode: 'expired' }), 'critical'],
  ['never registered says nothing of a license', products({ realTime: false, mode: 'unregistered' }), 'not-applicable'],
  [
    'was expired and is switched off now',
    { ...products({ realTime: false, mode: 'off' }), before: [{ ago: MINUTE_MS, ...products({ mode: 'expired' }) }] },
    'unknown empty',
  ],
  ['runs', products({ mode: 'active' }), 'pass'],
  ['does not speak of it', products({}), 'not-applicable'],
  [
    'was expired and does not speak of it any more',
    { ...products({}), before: [{ ago: MINUTE_MS, ...products({ mode: 'expired' }) }] },
    'unknown empty',
  ],
])

ruleTable('antivirus/several-active', [
  ['one', products({}), 'not-applicable'],
  ['two', onWindows(DEFENDER, ESET), 'warning'],
  ['one of two is passive', onWindows({ ...DEFENDER, realTime: false, mode: 'passive' }, ESET), 'pass'],
  ['one of two does not tell', onWindows({ ...DEFENDER, realTime: null }, ESET), 'unknown empty'],
  ['a behavior watcher beside an antivirus', products({}, { id: 'crowdstrike', kind: 'edr' }), 'not-applicable'],
])

const threats = (counts: { active: number; handled: number | null; failed: number | null }): Row[1] => ({
  parts: { antivirus: { threats: read('antivirus/windows-defender-threats', { ...counts, withinDays: 30 }) } },
})
ruleTable('antivirus/threat-active', [
  ['nothing found', threats({ active: 0, handled: 0, failed: 0 }), 'pass'],
  ['all dealt with', threats({ active: 0, handled: 4, failed: 0 }), 'pass'],
  ['one is still there', threats({ active: 1, handled: 4, failed: 0 }), 'critical'],
  ['dealing with one failed', threats({ active: 0, handled: 0, failed: 1 }), 'warning'],
  [
    'no product tells',
    { parts: { antivirus: { threats: failed('x', { code: 'unsupported', detail: '' }) } } },
    'not-applicable',
  ],
  [
    'not readable',
    { parts: { antivirus: { threats: failed('x', { code: 'timeout', detail: '' }) } } },
    'unknown timeout',
  ],
])
