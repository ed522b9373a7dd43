/**
 * Prometheus's own `promtool check metrics` (Debian's prometheus 2.42) reads our exposition and finds nothing to say.
 */
import { strictEqual } from 'node:assert/strict'
import { runProgram } from '../../support/run-program.ts'
import type { Block } from '../block.ts'

/** Base units, HELP and TYPE for each family, counters in _total, an escaped label: what `/metrics` promises. */
const CLEAN = String.raw`# HELP rounds_machine_last_report_timestamp_seconds When the last report of the machine was received.
# TYPE rounds_machine_last_report_timestamp_seconds gauge
rounds_machine_last_report_timestamp_seconds{client="bakery",machine="till \"1\"\\2"} 1.7e+09
# HELP rounds_reports_total Reports accepted since the server started.
# TYPE rounds_reports_total counter
rounds_reports_total 42
`

/** Each breaks one rule that promtool knows, so that a promtool which says nothing is noticed. */
const FAULTY: readonly [what: string, text: string, says: RegExp][] = [
  ['no HELP', '# TYPE rounds_a_bytes gauge\nrounds_a_bytes 1\n', /no help text/],
  ['a counter without _total', '# HELP rounds_a A.\n# TYPE rounds_a counter\nrounds_a 1\n', /_total/],
  [
    'no base unit',
    '# HELP rounds_a_milliseconds A.\n# TYPE rounds_a_milliseconds gauge\nrounds_a_milliseconds 1\n',
    /base unit/,
  ],
  ['a quote that is not escaped', '# HELP rounds_a A.\n# TYPE rounds_a gauge\nrounds_a{b="c"d"} 1\n', /error/],
]

const check = (text: string) => runProgram('promtool', ['check', 'metrics'], { input: text, timeoutMs: 20_000 })

/** The block. */
export const block: Block = {
  name: 'prometheus',
  packages: ['prometheus'],
  timeoutMs: 60_000,
  ci: true,
  async run({ log }) {
    const clean = await check(CLEAN)
    log(`clean: exit ${clean.code} ${clean.stdout}${clean.stderr}`)
    strictEqual(`${clean.stdout}${clean.stderr}`, '')
    strictEqual(clean.code, 0)
    for (const [what, text, says] of FAULTY) {
      const { code, stdout, stderr } = await check(text)
      log(`${what}: exit ${code} ${stdout}${stderr}`)
      strictEqual(code === 0, false, `promtool accepted ${what}`)
      strictEqual(says.test(`${stdout}${stderr}`), true, `promtool said nothing of ${what}`)
    }
  },
}
