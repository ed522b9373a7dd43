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
  return items.flatMap((item) => {
    const chain = item.at('chain')
    const family = chain.text('family')
    const isInput = chain.text('hook') === 'input' && (chain.text('type') ?? 'filter') === 'filter'
    if (!isInput || (family !== 'ip' && family !== 'ip6' && family !== 'inet')) return []
    if (isForeignChain(chain.text('table') ?? '')) return []
    const key = keyOf(chain, chain.text('name'))
    const own = (rules.get(key) ?? []).filter(({ foreign }) => !foreign)
    const verdict = verdictForAll(rules, key, new Set()) ?? chain.text('policy')
    return [{ family, key, drops: verdict === 'drop', ruled: own.length > 0 }]
  })
}

/** `forAll`: what it does with everything, when it has no condition. `to`: the chain that everything is sent to by it. */
type Rule = {
  readonly key: string
  readonly foreign: boolean
  readonly forAll: 'drop' | 'accept' | 'return' | null
  readonly to: string | null
}

function ruleOf(item: Peek): readonly Rule[] {
  const rule = item.at('rule')
  if (!rule.has('chain')) return []
  const parts = rule.list('expr', 64)
  const jump = parts
    .map((part) => part.text('jump.target') ?? part.text('goto.target'))
    .find((target) => target !== null)
  const only = parts.filter((part) => !part.has('counter') && !part.has('log'))
  const isForAll = only.length === 1
  return [
    {
      key: keyOf(rule, rule.text('chain')),
      foreign: isForeignChain(jump ?? ''),
      forAll: isForAll ? verdictOf(only[0]?.keys()[0]) : null,
      to: isForAll && jump !== undefined ? keyOf(rule, jump) : null,
    },
  ]
}

type Rules = ReadonlyMap<string, readonly Rule[]>

/**
 * The first rule without a condition decides before later rules and the policy; chains that it sends everything to are followed.
 * null: none decides. @param seen chains on the way here.
 */
function verdictForAll(rules: Rules, key: string, seen: ReadonlySet<string>): 'drop' | 'accept' | null {
  if (seen.has(key)) return null
  const path = new Set([...seen, key])
  for (const { foreign, forAll, to } of rules.get(key) ?? []) {
    if (foreign) continue
    if (forAll === 'return') return null
    const verdict = forAll ?? (to === null ? null : verdictForAll(rules, to, path))
    if (verdict !== null) return verdict
  }
  return null
}

function verdictOf(word: string | undefined): Rule['forAll'] {
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
