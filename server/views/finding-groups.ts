/** One rule over many machines is one line (ui.md 4): cards of one standing and one rule, together. Pure. */
import type { Card } from '../../shared/api/card.ts'
import type { GroupView } from '../../shared/api/client.ts'
import { rankOf } from './standing-order.ts'

const CARDS_SHOWN = 200

/** @param cards worst first. @returns groups, worst first; within a standing the one that touches most machines first. */
export function groupCards(cards: readonly Card[]): GroupView[] {
  const groups = Map.groupBy(cards, ({ standing, rule }) => `${standing}\n${rule}`)
  return [...groups.values()].flatMap((all) => groupOf(all) ?? []).sort(compareGroups)
}

function groupOf(all: readonly Card[]): GroupView | null {
  const [first] = all
  if (first === undefined) return null
  const opened = all.flatMap(({ openedAt }) => openedAt ?? [])
  return {
    standing: first.standing,
    rule: first.rule,
    count: all.length,
    machines: new Set(all.map(({ machine }) => machine.id)).size,
    since: opened.length === 0 ? null : Math.min(...opened),
    cards: all.slice(0, CARDS_SHOWN),
  }
}

function compareGroups(a: GroupView, b: GroupView): number {
  return rankOf(a.standing) - rankOf(b.standing) || b.machines - a.machines
}
