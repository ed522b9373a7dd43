/**
 * `nft -j list ruleset` → state of inbound filtering. Pure. Recorded with nft 1.0.6.
 * Only base chains on the hook `input` count; chains that Docker, libvirt, fail2ban … keep are not a firewall of the machine.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { type ChainRule, chainVerdicts } from './chain-verdicts.ts'
import { type FirewallState, firewallAnswer, isForeignChain } from './firewall-state.ts'

const MAX_ITEMS = 50_000

type Family = 'ip' | 'ip6' | 'inet'
type Chain = { readonly family: Family; readonly key: string; readonly drops: boolean; readonly ruled: boolean }

/** State of both IP versions. `enabled`: some input chain drops by policy or holds rules of somebody's own. */
export type NftState = FirewallState & {
  /** What each IP version does with traffic that no rule names; null: no input chain covers it. */
  readonly byFamily: { readonly ip: 'drop' | 'accept' | null; readonly ip6: 'drop' | 'accept' | null }
}

/** Errors: `access-denied` (needs CAP_NET_ADMIN), `exit`, `empty`, `parse` (not the JSON of nft). */
export function parseNft(text: string, stderr: string, exitCode: number | null): Result<NftState, Failure> {
  if (/operation not permitted|must be root/i.test(stderr))
    return err({ code: 'access-denied', detail: 'nft answers root only' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `nft ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  const document = parseJson(text)
  if (!document.ok) return document
  const items = document.value.list('nftables', MAX_ITEMS)
  if (!items.some((item) => item.has('metainfo')))
    return err({ code: 'parse', detail: 'nft -j: no metainfo in the answer' })
  const chains = inputChains(items)
  const byFamily = { ip: inboundOf(chains, 'ip'), ip6: inboundOf(chains, 'ip6') }
  const told = [byFamily.ip, byFamily.ip6].filter((one) => one !== null)
  const inbound = told.length > 0 && told.every((one) => one === 'drop') ? 'drop' : 'accept'
  const enabled = chains.some(({ drops, ruled }) => drops || ruled)
  return ok({ enabled, startsAtBoot: null, inbound, byFamily })
}

function inputChains(items: readonly Peek[]): readonly Chain[] {
  const rules = Map.groupBy(items.flatMap(ruleOf), ({ key }) => key)
  const verdictOf = chainVerdicts(rules)
  const ruled = new Set([...rules].flatMap(([key, own]) => (own.some(({ foreign }) => !foreign) ? [key] : [])))
  return items.flatMap((item) => {
    if (!item.has('chain.hook')) return []
    const chain = item.at('chain')
    const family = chain.text('family')
    const isInput = chain.text('hook') === 'input' && (chain.text('type') ?? 'filter') === 'filter'
    if (!isInput || (family !== 'ip' && family !== 'ip6' && family !== 'inet')) return []
    if (isForeignChain(chain.text('table') ?? '')) return []
    const key = keyOf(chain, chain.text('name'))
    const verdict = verdictOf(key) ?? chain.text('policy')
    return [{ family, key, drops: verdict === 'drop', ruled: ruled.has(key) }]
  })
}

type Rule = ChainRule & { readonly key: string }

function ruleOf(item: Peek): readonly Rule[] {
  if (!item.has('rule.chain')) return []
  const rule = item.at('rule')
  // The verdict stands last.
  const parts = rule.list('expr', 64)
  const last = parts.at(-1)
  const gone = last?.text('goto.target') ?? null
  const jump = gone ?? last?.text('jump.target') ?? null
  const isForAll = last !== undefined && parts.slice(0, -1).every((part) => part.has('counter') || part.has('log'))
  return [
    {
      key: keyOf(rule, rule.text('chain')),
      foreign: jump !== null && isForeignChain(jump),
      forAll: isForAll ? verdictOf(last.keys()[0]) : null,
      to: isForAll && jump !== null ? keyOf(rule, jump) : null,
      isGoto: gone !== null,
    },
  ]
}

function verdictOf(word: string | undefined): ChainRule['forAll'] {
  if (word === 'drop' || word === 'reject') return 'drop'
  return word === 'accept' || word === 'return' ? word : null
}

function keyOf(item: Peek, chain: string | null): string {
  return [item.text('family'), item.text('table'), chain].join(' ')
}

function inboundOf(chains: readonly Chain[], version: 'ip' | 'ip6'): 'drop' | 'accept' | null {
  const covering = chains.filter(({ family }) => family === version || family === 'inet')
  if (covering.length === 0) return null
  return covering.some(({ drops }) => drops) ? 'drop' : 'accept'
}

/** Errors as `parseNft`. */
export const nftSource: Source<'posture'> = {
  id: 'posture/nft',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseNft(decode(stdout), stderr, exitCode)
    if (!state.ok) return state
    const { byFamily: _, ...firewall } = state.value
    return firewallAnswer('posture/nft', 'nftables', ok(firewall))
  },
}
