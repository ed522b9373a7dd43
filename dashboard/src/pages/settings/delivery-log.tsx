/** What was sent about a client, newest first: to whom, about which findings, and how it ended. */
import type { DeliveriesView } from '../../../../shared/api/channels.ts'
import type { ClientsView } from '../../../../shared/api/views.ts'
import { Given, makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Pick } from '../../components/pick.tsx'
import { ask, asked, findingPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { format } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { useView } from '../../state/use-view.ts'

type Delivery = DeliveriesView['deliveries'][number]

export function DeliveryLog({ clients }: { clients: ClientsView['clients'] }) {
  const texts = settingsTexts.value
  const slug = asked('client') || (clients[0]?.slug ?? '')
  if (slug === '') return null
  return (
    <Section id="log" title={texts.log} meta={texts.logMeta}>
      <div class="filters across">
        <Pick
          label={texts.logClient}
          value={slug}
          options={clients.map((client) => ({ value: client.slug, label: makeVisible(client.name) }))}
          onPick={(client) => ask({ client })}
        />
      </div>
      <Log slug={slug} />
    </Section>
  )
}

function Log({ slug }: { slug: string }) {
  const texts = settingsTexts.value
  const { view } = useView<DeliveriesView & { now?: number }>(
    `/api/v1/clients/${encodeURIComponent(slug)}/notifications`,
  )
  if (!view) return null
  if (view.deliveries.length === 0) {
    return (
      <div class="empty">
        <strong>{texts.noLog}</strong>
        {texts.noLogText}
      </div>
    )
  }
  return (
    <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="log">
      <table class="stack">
        <caption class="vh">{texts.log}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.colWhen}</th>
            <th scope="col">{texts.colTo}</th>
            <th scope="col">{texts.colAbout}</th>
            <th scope="col">{texts.colResult}</th>
          </tr>
        </thead>
        <tbody>
          {view.deliveries.map((delivery) => (
            <Row key={delivery.key} delivery={delivery} slug={slug} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ delivery, slug }: { delivery: Delivery; slug: string }) {
  const f = format.value
  const texts = settingsTexts.value
  const words = clientTexts.value
  const { channel, recipient, kind, state, createdAt, endedAt, attempts, failure, findings, site } = delivery
  const at = endedAt ?? createdAt
  return (
    <tr>
      <th scope="row">
        <time dateTime={new Date(at).toISOString()} title={f.exact(at)}>
          {f.moment(at)}
        </time>
      </th>
      <td data-l={texts.colTo}>
        {recipient !== '' && <Given text={recipient} />}
        <span class="meta">{channel !== null && <Given text={channel.name} />}</span>
      </td>
      <td data-l={texts.colAbout}>
        {words[`told_${kind}`]} <Given text={site} />
        <span class="meta">
          {findings.map(({ id, number }) => (
            <a key={id} href={findingPath(slug, number)}>
              {`${texts.findingsNumbers(f.count(number))} `}
            </a>
          ))}
        </span>
      </td>
      <td class="wide" data-l={texts.colResult}>
        {words[`sent_${state}`]}
        <span class="meta">
          {attempts > 1 && texts.attempts(attempts, f)} {failure}
        </span>
      </td>
    </tr>
  )
}
