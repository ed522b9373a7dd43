/** All clients the reader may see. */
import type { ClientsView } from '../../../../shared/api/views.ts'
import { Given } from '../../components/given.tsx'
import { useTitle, Waiting } from '../../components/page-frame.tsx'
import { format, t } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'

export function ClientsPage() {
  const { view, failure, slow } = useView<ClientsView & { readonly now?: number }>('/api/v1/clients')
  const title = view ? t.value.clientsTitle(view.clients.length, format.value) : t.value.navClients
  useTitle(title)
  if (!view) return <Waiting failure={failure} slow={slow} />
  const texts = t.value
  return (
    <>
      <header class="head">
        <h1>{title}</h1>
        <p class="under">{texts.clientsUnder}</p>
      </header>
      <div class="panel scroll" tabIndex={0} role="group" aria-label={texts.navClients}>
        <table class="stack">
          <caption class="vh">{texts.navClients}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.colClient}</th>
              <th scope="col">{texts.colSites}</th>
              <th scope="col" class="n">
                {texts.colMachines}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.clients.map((client) => (
              <tr key={client.id}>
                <th scope="row">
                  <Given text={client.name} />
                </th>
                <td data-l={texts.colSites}>{format.value.list(client.sites.map((site) => site.name))}</td>
                <td class="n" data-l={texts.colMachines}>
                  {format.value.count(client.machines)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
