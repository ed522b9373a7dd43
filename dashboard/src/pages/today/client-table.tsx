/** All clients with five marks: the exception first, the inventory after. Good and proven is a grey dash. */
import type { AroundView } from '../../../../shared/api/client.ts'
import type { TodayView } from '../../../../shared/api/views.ts'
import { Given } from '../../components/given.tsx'
import { Mark, toneOf } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { Sparkline } from '../../components/sparkline.tsx'
import { clientPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
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

type Movement = AroundView['clients'][number]

/** New, solved, their course, and the next visit; not answered yet: nothing stands there. */
function MovementCells({ moved }: { moved: Movement | null }) {
  const texts = clientTexts.value
  const f = format.value
  if (moved === null)
    return (
      <>
        <td class="n drop" />
        <td class="n drop" />
        <td class="drop" />
        <td class="n drop" />
      </>
    )
  const [before = 0, now = 0] = [moved.trend[0], moved.trend.at(-1)]
  const next = moved.nextVisit
  return (
    <>
      <td class={moved.opened === 0 ? 'n drop' : 'n'} data-l={texts.colNew}>
        {moved.opened === 0 ? texts.dash : `+${f.count(moved.opened)}`}
      </td>
      <td class={moved.solved === 0 ? 'n drop' : 'n'} data-l={texts.colSolved}>
        {moved.solved === 0 ? texts.dash : f.count(moved.solved)}
      </td>
      <td class="drop">
        <Sparkline values={moved.trend} label={texts.trendLabel(now, before, f.date(moved.from), f)} />
      </td>
      <td class={next === null ? 'n drop' : 'n'} data-l={texts.colNextVisit}>
        {next === null ? (
          texts.dash
        ) : (
          <time dateTime={new Date(next.plannedAt).toISOString()} title={f.exact(next.plannedAt)}>
            {f.date(next.plannedAt)}
          </time>
        )}
      </td>
    </>
  )
}

function Row({ row, moved }: { row: ClientRow; moved: Movement | null }) {
  const texts = t.value
  return (
    <tr>
      <th scope="row">
        <a class="plain" href={clientPath(row.slug)}>
          <Given text={row.name} />
        </a>
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
      <MovementCells moved={moved} />
    </tr>
  )
}

function MovementHeads() {
  const texts = clientTexts.value
  return (
    <>
      <th scope="col" class="n">
        {texts.colNew}
      </th>
      <th scope="col" class="n">
        {texts.colSolved}
      </th>
      <th scope="col">{texts.colTrend}</th>
      <th scope="col" class="n">
        {texts.colNextVisit}
      </th>
    </>
  )
}

type Props = { rows: readonly Held<ClientRow>[]; view: TodayView; around: AroundView | null }

/** `rows`: worst first when first shown; they stay in place while they are read. */
export function ClientTable({ rows, view, around }: Props) {
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
              <MovementHeads />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, row }) => (
              <Row key={key} row={row} moved={around?.clients.find(({ id }) => id === row.id) ?? null} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
