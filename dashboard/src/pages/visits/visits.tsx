/** The calendar of visits over all clients: being made, planned, sent; beside it the month that comes. */
import { useState } from 'preact/hooks'
import type { VisitLine, VisitsView } from '../../../../shared/api/visits.ts'
import { Given } from '../../components/given.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { format } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn, visitTexts } from '../../state/visit-texts.ts'
import { dayText } from '../../text/zoned-day.ts'
import { reportFilePath, visitPath } from '../../visit-addresses.ts'
import { Month } from './month.tsx'
import { PlanDialog } from './plan-dialog.tsx'

type Group = 'listRunning' | 'listAhead' | 'listSent'
const GROUPS: readonly Group[] = ['listRunning', 'listAhead', 'listSent']
const GROUP_OF: { readonly [S in VisitLine['state']]: Group } = {
  planned: 'listAhead',
  preparing: 'listAhead',
  'on-site': 'listRunning',
  closing: 'listRunning',
  sent: 'listSent',
}

function Row({ line }: { line: VisitLine }) {
  const { visits, work } = visitTexts.value
  const f = formatIn(line.timeZone)
  const { client, date, revision } = line
  return (
    <tr>
      <th scope="row">
        <a href={visitPath(client.slug, date)}>{dayText(date, f)}</a>
        <span class="meta">
          <time dateTime={new Date(line.plannedAt).toISOString()} title={f.exact(line.plannedAt)}>
            {f.exact(line.plannedAt).replace(/^.*, (\d\d:\d\d).*$/, '$1')}
          </time>
        </span>
      </th>
      <td class="wide">
        <Given text={client.name} />
        {line.recipient !== '' && (
          <span class="meta">
            <Given text={line.recipient} />
          </span>
        )}
      </td>
      <td data-l={visits.colKind}>{visits[`kind_${line.kind}`]}</td>
      <td data-l={visits.colState}>{visits[`state_${line.state}`]}</td>
      <td data-l={visits.colBy}>
        <Given text={line.author} />
      </td>
      {revision === 0 ? (
        <td class="drop" />
      ) : (
        <td data-l={visits.colReport}>
          <a href={reportFilePath(client.slug, date, `r${revision}.pdf`)} download>
            {work.revision(revision, f)}
          </a>
        </td>
      )}
    </tr>
  )
}

/** `lines`: soonest first while they are ahead, newest first once they were sent. */
function Table({ group, lines }: { group: Group; lines: readonly VisitLine[] }) {
  const { visits } = visitTexts.value
  const columns = [visits.colDate, visits.colClient, visits.colKind, visits.colState, visits.colBy, visits.colReport]
  return (
    <Section id={group} title={visits[group]}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby={group}>
        <table class="stack">
          <caption class="vh">{visits[group]}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function VisitsBody({ view }: { view: VisitsView }) {
  const { visits } = visitTexts.value
  const [isPlanning, setPlanning] = useState(false)
  const of = (group: Group): readonly VisitLine[] => view.visits.filter(({ state }) => GROUP_OF[state] === group)
  const title = visits.listTitle(of('listRunning').length, of('listAhead').length, format.value)
  useTitle(title.replace(/\.$/, ''))
  return (
    <>
      <header class="head">
        <div class="headrow">
          <div>
            <h1>{title}</h1>
            <p class="under">{visits.listUnder}</p>
          </div>
          <div class="acts">
            <button class="btn first" type="button" onClick={() => setPlanning(true)}>
              {visits.plan}
            </button>
          </div>
        </div>
      </header>
      {isPlanning && <PlanDialog view={view} onClose={() => setPlanning(false)} />}
      <div class="cols">
        <div>
          {view.visits.length === 0 && (
            <div class="empty">
              <strong>{visits.listNone}</strong>
              {visits.listNoneText}
            </div>
          )}
          {GROUPS.filter((group) => of(group).length > 0).map((group) => (
            <Table key={group} group={group} lines={group === 'listSent' ? of(group) : of(group).toReversed()} />
          ))}
        </div>
        <Month view={view} />
      </div>
    </>
  )
}

export function VisitsPage() {
  const { view, failure, slow } = useView<VisitsView>('/api/v1/visits')
  return view === null ? <Waiting failure={failure} slow={slow} /> : <VisitsBody view={view} />
}
