/** The sentence of a machine's page, computed from facts. A machine that has not told everything is never called well. Pure. */
import type { Card } from '../../../../shared/api/card.ts'
import type { MachineView } from '../../../../shared/api/views.ts'
import type { UiText } from '../../../../shared/text/ui-text.ts'

/** @param title says a card in the reader's language. */
export function machineSentence(view: MachineView, texts: UiText, title: (card: Card) => string): string {
  const { machine, worst } = view
  if (view.lastReportAt === null) return texts.machineSilent(machine.name)
  if (worst !== null && worst.standing !== 'note') return texts.machineSays(machine.name, title(worst))
  return view.standing === 'not-proven' ? texts.machineUntold(machine.name) : texts.machineWell(machine.name)
}
