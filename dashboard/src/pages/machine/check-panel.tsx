/** One check of a machine: folded when good, open when it has something to say. Open or closed stays as the reader left it. */
import { useState } from 'preact/hooks'
import type { Card, MachineRef } from '../../../../shared/api/card.ts'
import type { CheckView } from '../../../../shared/api/views.ts'
import { Age } from '../../components/age.tsx'
import { FactLine } from '../../components/fact-line.tsx'
import { Brief } from '../../components/finding-card.tsx'
import { Badge } from '../../components/mark.tsx'
import { rawPath } from '../../router.ts'
import { t } from '../../state/session.ts'
import type { Held } from '../../state/use-held.ts'

type Props = { check: CheckView; machine: MachineRef; shown: readonly Held<Card>[] }

export function CheckPanel({ check, machine, shown }: Props) {
  const [open, setOpen] = useState(check.standing !== 'good' && check.standing !== 'note')
  const cards = shown.filter(({ row }) => row.subject === check.check)
  return (
    <details class="chk" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t.value[`subject_${check.check}`]}
        <Badge standing={check.standing} pill />
        <span class="meta">{check.collectedAt !== null && <Age at={check.collectedAt} />}</span>
      </summary>
      {cards.length > 0 && (
        <ul class="said">
          {cards.map(({ key, row, gone }) => (
            <Brief key={key} card={row} gone={gone} showMachine={false} />
          ))}
        </ul>
      )}
      <dl class="facts">
        {check.facts.map((fact) => (
          <FactLine key={`${fact.key}|${fact.item}`} fact={fact} check={check.check} />
        ))}
      </dl>
      {check.check !== 'agent' && (
        <p class="rawlink meta">
          <a href={rawPath(machine.client.slug, machine.slug, check.check)}>{t.value.rawValues}</a>
        </p>
      )}
    </details>
  )
}
