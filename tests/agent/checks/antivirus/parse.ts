/** Runs one source of the room and says its product in short; every section is checked against its schema. Pure but for `expect`. */
import { ANTIVIRUS_SOURCES } from '../../../../agent/checks/antivirus/index.ts'
import type { Platform } from '../../../../agent/probe/probe.ts'
import { judgeSection } from '../../../../server/judge.ts'
import { sectionOf } from '../../../support/sections.ts'

/** The moment at which every output here was collected. */
export const NOW = Date.UTC(2026, 10, 25, 12)

export type Circumstances = {
  readonly exitCode?: number | null
  readonly stderr?: string
  readonly platform?: Platform
  readonly now?: number
}

/** @param id of the source, without `antivirus/`. */
export function parseAntivirus(id: string, stdout: Uint8Array | string, circumstances: Circumstances = {}) {
  const { exitCode = 0, stderr = '', platform = 'linux', now = NOW } = circumstances
  const source = ANTIVIRUS_SOURCES.find((one) => one.id === `antivirus/${id}`)
  if (source === undefined) throw new Error(`no source ${id}`)
  return source.parse({ stdout: Buffer.from(stdout), stderr, exitCode, platform, now })
}

/** Products with `signaturesAt` of their samples, threats; or the failure. */
export function told(id: string, stdout: Uint8Array | string, circumstances: Circumstances = {}): unknown {
  const parsed = parseAntivirus(id, stdout, circumstances)
  if (!parsed.ok) return parsed.error
  const section = sectionOf<'antivirus'>('antivirus', parsed.value)
  const { threats, products } = section
  const list = products.state === 'value' ? products.value : []
  const dated = list.map((product) => ({
    ...product,
    signaturesAt: parsed.value.samples[`product:${product.id}:signaturesAt`],
  }))
  return { products: dated, threats: threats.state === 'value' ? threats.value : null, samples: parsed.value.samples }
}

/** What the rules say, `rule item` → `pass`, `not-applicable`, `unknown` or a severity. A failed parser tells nothing. */
export function verdicts(
  id: string,
  stdout: Uint8Array | string,
  circumstances: Circumstances = {},
): ReadonlyMap<string, string> {
  const parsed = parseAntivirus(id, stdout, circumstances)
  if (!parsed.ok) return new Map()
  const section = sectionOf<'antivirus'>('antivirus', parsed.value)
  const input = JSON.stringify({ state: 'value', section, samples: parsed.value.samples })
  const judged = judgeSection('antivirus', input, { now: circumstances.now ?? NOW, role: 'server' })
  if (!judged.ok) throw new Error(judged.error.detail)
  return new Map(judged.value.map(({ rule, item, state, severity }) => [`${rule} ${item}`, severity ?? state]))
}

/**
 * What passes after the damage and did not before; and `everything` when nothing is left that is bad or not known though something was.
 * A rule that no longer applies is no improvement while another one says of the same machine that it does not know.
 */
export function improved(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const isOpen = (verdicts: ReadonlyMap<string, string>) =>
    [...verdicts].some(([key, verdict]) => !OUTSIDE.test(key) && verdict !== 'pass' && verdict !== 'not-applicable')
  const passed = [...after].flatMap(([key, verdict]) => {
    const was = before.get(key)
    return was !== undefined && verdict === 'pass' && was !== 'pass' && was !== 'not-applicable'
      ? [`${key}: ${was}`]
      : []
  })
  return after.size > 0 && isOpen(before) && !isOpen(after) ? [...passed, 'everything'] : passed
}

/** Most tools tell nothing of threats: that part was never read. */
const OUTSIDE = /^antivirus\/threat-active/
