/** All machines of all clients, what needs doing first. */
import type { MachinesView } from '../../../../shared/api/views.ts'
import { Age } from '../../components/age.tsx'
import { Given } from '../../components/given.tsx'
import { Badge, Mark } from '../../components/mark.tsx'
import { NewPill } from '../../components/new-pill.tsx'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { machinePath } from '../../router.ts'
import { format, t } from '../../state/session.ts'
import { useHeld } from '../../state/use-held.ts'
import { useView } from '../../state/use-view.ts'
import { cardText } from '../../text/card-text.ts'

type Row = MachinesView['machines'][number]

function MachineRow({ row }: { row: Row }) {
  const texts = t.value
  const tint = row.standing === 'urgent' ? 'bad' : row.standing === 'not-proven' ? 'blind' : ''
  return (
    <tr class={tint}>
      <th scope="row">
        <a href={machinePath(row.machine.client.slug, row.machine.slug)}>
          <Given text={row.machine.name} />
        </a>
        <span class="meta">
          <Given text={row.machine.client.name} />
        </span>
      </th>
      <td class="wide">
        {row.standing === 'good' ? <Mark standing="good" named dash /> : <Badge standing={row.standing} pill />}
        {row.worst !== null && (
          <span class="meta">
            <Said text={cardText(row.worst).title} />
          </span>
        )}
      </td>
      {row.os === null ? (
        <td class="drop" />
      ) : (
        <td data-l={texts.colSystem}>
          <Given text={row.os} />
        </td>
      )}
      <td class="n" data-l={texts.colOpen}>
        {format.value.count(row.open)}
      </td>
      <td class="n" data-l={texts.colHeard}>
        {row.lastReportAt === null ? texts.never : <Age at={row.lastReportAt} />}
      </td>
    </tr>
  )
}

export function MachinesPage() {
  const { view, failure, slow } = useView<MachinesView>('/api/v1/machines')
  const title = view ? t.value.machinesTitle(view.machines.length, format.value) : t.value.navMachines
  useTitle(title)
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <MachinesBody view={view} title={title} />
}

function MachinesBody({ view, title }: { view: MachinesView; title: string }) {
  const texts = t.value
  const held = useHeld<Row>(
    'machines',
    view.machines.map((row) => ({ key: row.machine.id, section: 'machines', row })),
  )
  return (
    <>
      <header class="head">
        <h1>{title}</h1>
        <p class="under">{texts.machinesUnder}</p>
      </header>
      <NewPill waiting={held.waiting} reveal={held.reveal} />
      {held.rows.length === 0 ? (
        <div class="empty">
          <strong>{texts.emptyMachines}</strong>
          {texts.emptyMachinesText}
        </div>
      ) : (
        <div class="panel scroll" tabIndex={0} role="group" aria-label={texts.navMachines}>
          <table class="stack">
            <caption class="vh">{texts.machinesUnder}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.colMachine}</th>
                <th scope="col">{texts.colStanding}</th>
                <th scope="col">{texts.colSystem}</th>
                <th scope="col" class="n">
                  {texts.colOpen}
                </th>
                <th scope="col" class="n">
                  {texts.colHeard}
                </th>
              </tr>
            </thead>
            <tbody>
              {held.rows.map(({ key, row }) => (
                <MachineRow key={key} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
