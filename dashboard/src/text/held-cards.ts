/** Cards as held rows: one key per (machine, rule, item), each in the section where it was first shown. Pure. */
import type { Card } from '../../../shared/api/card.ts'
import type { Incoming } from '../state/use-held.ts'

export const cardKey = (card: Card): string => `${card.machine.id}|${card.rule}|${card.item}`

/** @returns the cards of one section, ready to be held. */
export function inSection(section: string, cards: readonly Card[]): readonly Incoming<Card>[] {
  return cards.map((row) => ({ key: cardKey(row), section, row }))
}
