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
const required = { policy: { 'antivirus.required': true } }

ruleTable('antivirus/none-seen', [
  ['one runs', products({}), 'pass'],
  ['none on a server', products(), 'info'],
  ['none on a desktop', { ...products(), role: 'desktop' }, 'info'],
  ['none where one is asked for', { ...products(), ...required }, 'critical'],
  ['a scanner alone protects nobody', products({ kind: 'scanner' }), 'info'],
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
])
