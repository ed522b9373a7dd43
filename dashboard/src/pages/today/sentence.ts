/** The sentence of Today, computed from facts. Never calls a fleet quiet that has not been heard. Pure. */
import type { TodayView } from '../../../../shared/api/views.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import type { UiText } from '../../../../shared/text/ui-text.ts'

export function todaySentence(
  view: TodayView,
  texts: UiText,
  f: Formatter,
): { readonly title: string; readonly under: string } {
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
  return { title: texts.todayQuiet, under }
}
