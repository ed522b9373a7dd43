/** Next steps beside the first findings: name the client, know where the data lies. */
import { useState } from 'preact/hooks'
import { ApiError, patch } from '../../api/client.ts'
import { makeVisible } from '../../components/given.tsx'
import { session, t } from '../../state/session.ts'

type Client = { readonly slug: string; readonly name: string }

function NameClient({ client }: { client: Client }) {
  const texts = t.value
  const [name, setName] = useState(client.name)
  const [answer, setAnswer] = useState<string | null>(null)
  const save = (event: Event): void => {
    event.preventDefault()
    patch(`/api/v1/clients/${encodeURIComponent(client.slug)}`, { name }).then(
      () => setAnswer(texts.saved),
      (error: unknown) => setAnswer(error instanceof ApiError ? error.message : String(error)),
    )
  }
  return (
    <details>
      <summary>{texts.nameClient}</summary>
      <span class="meta">{texts.nameClientMeta(makeVisible(client.name))}</span>
      <form class="ask" onSubmit={save}>
        <label for="client-name">{texts.nameClientLabel}</label>
        <input
          id="client-name"
          class="field"
          maxLength={128}
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <div class="acts">
          <button class="btn" type="submit">
            {texts.save}
          </button>
          <span role="status">{answer}</span>
        </div>
      </form>
    </details>
  )
}

export function FirstRail({ client }: { client: Client | null }) {
  const texts = t.value
  const server = session.value === null || session.value === 'asking' ? null : session.value.server
  return (
    <aside class="rail" aria-label={texts.whenMinute}>
      <section class="sec">
        <h2>{texts.whenMinute}</h2>
        <ul>
          {client !== null && (
            <li>
              <NameClient client={client} />
            </li>
          )}
          {server !== null && (
            <li>
              {texts.dataAt}
              <span class="meta">{texts.dataAtMeta(server.dataFolder)}</span>
            </li>
          )}
        </ul>
      </section>
    </aside>
  )
}
