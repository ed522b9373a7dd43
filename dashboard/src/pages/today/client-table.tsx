/** All clients with five marks: the exception first, the inventory after. Good and proven is a grey dash. */
import type { TodayView } from '../../../../shared/api/views.ts'
import { Given } from '../../components/given.tsx'
import { Mark, toneOf } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { machinePath } from '../../router.ts'
import { format, t } from '../../state/session.ts'
import type { Held } from '../../state/use-held.ts'
import { cardText } from '../../text/card-text.ts'

const DIALS = ['backup', 'disk', 'patch', 'antivirus', 'posture'] as const
const SHORT = {
  backup: 'shortBackup',
  disk: 'shortDisk',
  patch: 'shortPatch',
  antivirus: 'shortAntivirus',
  posture: 'shortPosture',
} as const

type ClientRow = TodayView['rows'][number]

function Row({ row }: { row: ClientRow }) {
  const texts = t.value
  const name = <Given text={row.name} />
  return (
    <tr>
      <th scope="row">
        {row.worst === null ? name : <a href={machinePath(row.slug, row.worst.machine.slug)}>{name}</a>}
        {row.worst !== null && (
          <span class={`meta is-${toneOf(row.worst.standing)}`}>
            <Said text={cardText(row.worst).title} />
          </span>
        )}
      </th>
      {DIALS.map((dial) => (
        <td key={dial} class={row.dials[dial] === 'good' ? 'mx q' : 'mx'} data-l={texts[SHORT[dial]]}>
          <Mark standing={row.dials[dial]} named dash />
        </td>
      ))}
      <td class="n" data-l={texts.colReporting}>
        {format.value.count(row.reporting)} / {format.value.count(row.machines)}
      </td>
      <td class="n" data-l={texts.colOpen}>
        {format.value.count(row.open)}
      </td>
    </tr>
  )
}

/** `rows`: worst first when first shown; they stay in place while they are read. */
export function ClientTable({ rows, view }: { rows: readonly Held<ClientRow>[]; view: TodayView }) {
  const texts = t.value
  return (
    <Section id="clients" title={texts.navClients} meta={texts.coverage(view.reporting, view.machines, format.value)}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="clients">
        <table class="stack">
          <caption class="vh">{texts.tableClients}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.colClient}</th>
              {DIALS.map((dial) => (
                <th key={dial} scope="col" class="mx">
                  {texts[SHORT[dial]]}
                </th>
              ))}
              <th scope="col" class="n">
                {texts.colReporting}
              </th>
              <th scope="col" class="n">
                {texts.colOpen}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, row }) => (
              <Row key={key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
