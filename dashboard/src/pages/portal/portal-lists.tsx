/** What is being handled, in a manager's words, and the machines that are looked at. */
import type { PortalView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Age } from '../../components/age.tsx'
import { Nothing } from '../../components/fields.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Badge, Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { t } from '../../state/session.ts'
import { visitTexts } from '../../state/visit-texts.ts'

type Props = { view: PortalView; f: Formatter }
/** More names than these are a count in the text already. */
const MOST_NAMES = 4

function HandledLine({ line, f }: { line: PortalView['handled'][number]; f: Formatter }) {
  const { portal } = visitTexts.value
  const { machines, acceptedUntil, acceptedBy } = line
  const names = machines.length > MOST_NAMES ? [] : machines.map(makeVisible)
  const more = [
    names.length === 0 ? '' : f.list(names),
    line.isPlanned ? portal.planned : '',
    acceptedUntil === null ? '' : portal.acceptedUntil(makeVisible(acceptedBy ?? ''), f.date(acceptedUntil)),
  ].filter((part) => part !== '')
  return (
    <li class="brief">
      <Mark standing={line.standing} named />
      <span>
        <Said text={line.text} /> <span class="at">{more.join(' · ')}</span>
      </span>
      <span class="age">{line.since !== null && <Age at={line.since} plain />}</span>
    </li>
  )
}

export function Handled({ view, f }: Props) {
  const { portal } = visitTexts.value
  return (
    <Section id="handled" title={portal.handled}>
      {view.handled.length === 0 ? (
        <Nothing>{portal.handledNone}</Nothing>
      ) : (
        <ul>
          {view.handled.map((line) => (
            <HandledLine key={`${line.standing} ${line.text}`} line={line} f={f} />
          ))}
        </ul>
      )}
    </Section>
  )
}

export function PortalMachines({ view }: Props) {
  const { portal } = visitTexts.value
  const texts = t.value
  return (
    <Section id="machines" title={portal.machines}>
      {view.machines.length === 0 ? (
        <Nothing>{portal.machinesNone}</Nothing>
      ) : (
        <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="machines">
          <table class="stack">
            <caption class="vh">{portal.machines}</caption>
            <thead>
              <tr>
                <th scope="col">{portal.colMachine}</th>
                <th scope="col">{portal.colStanding}</th>
                <th scope="col">{portal.colRole}</th>
                <th scope="col" class="n">
                  {portal.colHeard}
                </th>
              </tr>
            </thead>
            <tbody>
              {view.machines.map(({ name, role, standing, lastReportAt }) => (
                <tr key={name} class={standing === 'urgent' ? 'bad' : standing === 'not-proven' ? 'blind' : ''}>
                  <th scope="row">
                    <Given text={name} />
                  </th>
                  <td>
                    {standing === 'good' ? <Mark standing="good" named dash /> : <Badge standing={standing} pill />}
                  </td>
                  <td data-l={portal.colRole}>{texts[`role_${role}`]}</td>
                  <td class="n" data-l={portal.colHeard}>
                    {lastReportAt === null ? texts.never : <Age at={lastReportAt} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
