/** What a chain of rules does with everything that reaches it. Chains of nftables and iptables alike. Pure. */

/** One rule. `forAll`: what it does without a condition; null: it has one, or decides nothing. `to`: the chain that it sends everything to. */
export type ChainRule = {
  readonly foreign: boolean
  readonly forAll: 'drop' | 'accept' | 'return' | null
  readonly to: string | null
  /** `goto`: when the other chain decides nothing, the rest of this one is not looked at. */
  readonly isGoto: boolean
}

/** nftables allows 16 jumps (NFT_JUMP_STACK_SIZE). Whoever nests deeper is believed to let everything in. */
const MAX_DEPTH = 64

/**
 * Tells the verdict of the first rule without a condition: it decides before later rules and the policy. Chains that everything is sent
 * to are followed, each looked through once.
 * @returns verdicts by the name of a chain; null: none decides.
 */
export function chainVerdicts(
  rules: ReadonlyMap<string, readonly ChainRule[]>,
): (chain: string) => 'drop' | 'accept' | null {
  const known = new Map<string, 'drop' | 'accept' | null>()
  const verdictOf = (chain: string, depth: number): 'drop' | 'accept' | null => {
    const told = known.get(chain)
    if (told !== undefined) return told
    if (depth > MAX_DEPTH) return 'accept'
    known.set(chain, null)
    const verdict = firstOf(rules.get(chain) ?? [], (to) => verdictOf(to, depth + 1))
    known.set(chain, verdict)
    return verdict
  }
  return (chain) => verdictOf(chain, 0)
}

function firstOf(
  rules: readonly ChainRule[],
  follow: (chain: string) => 'drop' | 'accept' | null,
): 'drop' | 'accept' | null {
  for (const { foreign, forAll, to, isGoto } of rules) {
    if (foreign) continue
    if (forAll === 'return') return null
    const verdict = forAll ?? (to === null ? null : follow(to))
    if (verdict !== null) return verdict
    if (to !== null && isGoto) return null
  }
  return null
}
