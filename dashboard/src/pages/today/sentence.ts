/** The sentences of Today, computed from facts. Never calls a fleet quiet or a machine well that has not told everything. Pure. */
import type { Card } from '../../../../shared/api/card.ts'
import type { TodayView } from '../../../../shared/api/views.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import type { UiText } from '../../../../shared/text/ui-text.ts'

type Said = { readonly title: string; readonly under: string }

export function todaySentence(view: TodayView, texts: UiText, f: Formatter): Said {
  if (view.machines === 0 || view.heard === 0)
    return { title: texts.todayNothingYet, under: texts.todayNothingYetUnder }
  const urgent = view.urgent.length + view.urgentMore
  const under = texts.todayUnder(view.week.length + view.weekMore, f)
  if (urgent > 0) {
    const clients = view.rows.filter((row) => Object.values(row.dials).includes('urgent')).length
    return { title: texts.todayUrgent(urgent, Math.max(1, clients), f), under }
  }
  if (view.mode === 'gathering')
    return { title: texts.todayGathering(view.heard, view.machines, f), under: texts.todayGatheringUnder }
  return { title: view.notProven > 0 ? texts.todayUntold(view.notProven, f) : texts.todayQuiet, under }
}

/** The sentence of a new installation, about its only machine. @param title says a card in the reader's language. */
export function firstSentence(view: TodayView, texts: UiText, title: (card: Card) => string): string {
  const row = view.rows[0]
  const worst = row?.worst ?? view.urgent[0] ?? view.week[0] ?? null
  if (view.heard === 0 || !row) return texts.todayNothingYet
  if (worst?.standing === 'not-proven') return texts.firstUnproven(worst.machine.name, title(worst))
  if (worst !== null && worst.standing !== 'note') return texts.firstExcept(worst.machine.name, title(worst))
  const name = (worst?.machine ?? row.only ?? row).name
  return view.notProven > 0 ? texts.machineUntold(name) : texts.machineWell(name)
}

/** The tab says the state first. */
export function todayTab(view: TodayView, texts: UiText, f: Formatter): string {
  const urgent = view.urgent.length + view.urgentMore
  if (urgent > 0) return texts.tabUrgent(urgent, f)
  const isProven = view.heard > 0 && view.notProven === 0 && view.mode !== 'gathering'
  return isProven ? texts.tabQuiet : texts['standing_not-proven']
}
