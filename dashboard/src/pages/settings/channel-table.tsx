/** Channels in a table, each with its test: who got it, or why not, in words. */
import { useState } from 'preact/hooks'
import type { ChannelTestView, ChannelView } from '../../../../shared/api/channels.ts'
import type { ClientsView } from '../../../../shared/api/views.ts'
import { channelText } from '../../../../shared/text/channel-catalogue.ts'
import { ApiError, post } from '../../api/client.ts'
import { Age } from '../../components/age.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Badge } from '../../components/mark.tsx'
import { format, language, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import type { ChannelAsking } from './channels.tsx'

const STANDINGS = { proven: 'good', unproven: 'not-proven', failing: 'urgent', off: 'accepted' } as const

type Props = {
  channels: readonly ChannelView[]
  clients: ClientsView['clients']
  ask: (asking: ChannelAsking) => void
  again: () => void
}

/** What the test said: one line for each end. */
async function testOf(channel: ChannelView): Promise<readonly string[]> {
  const texts = settingsTexts.value
  try {
    const { ends } = await post<ChannelTestView>(`/api/v1/channels/${channel.id}/test`, {})
    if (ends.length === 0) return [texts.testNobody]
    const { failures } = channelText(language.value)
    return ends.map(({ recipient, failure }) => {
      const to = makeVisible(recipient)
      return failure === null ? texts.testedTo(to) : texts.testFailed(to, failures[failure])
    })
  } catch (error) {
    return [error instanceof ApiError ? error.message : String(error)]
  }
}

function Health({ channel }: { channel: ChannelView }) {
  const texts = settingsTexts.value
  const { failure, health, failedAt, provenAt } = channel
  const at = health === 'failing' ? failedAt : provenAt
  return (
    <>
      <Badge standing={STANDINGS[health]} word={texts[`health_${health}`]} pill />
      <span class="meta">
        {at !== null && <Age at={at} />}
        {health === 'failing' && failure !== null && ` · ${channelText(language.value).failures[failure]}`}
      </span>
    </>
  )
}

function Buttons({ channel, test, ask }: { channel: ChannelView; test: () => void; ask: Props['ask'] }) {
  const texts = settingsTexts.value
  const name = makeVisible(channel.name)
  return (
    <div class="acts tail">
      <button class="btn" type="button" aria-label={texts.testOf(name)} onClick={test}>
        {texts.test}
      </button>
      <button
        class="btn"
        type="button"
        aria-label={texts.changeOf(name)}
        onClick={() => ask({ kind: 'edit', channel })}
      >
        {texts.change}
      </button>
      <button
        class="btn bare"
        type="button"
        aria-label={texts.removeOf(name)}
        onClick={() => ask({ kind: 'remove', channel })}
      >
        {texts.removePerson}
      </button>
    </div>
  )
}

function Row({ channel, clients, ask, again }: Omit<Props, 'channels'> & { channel: ChannelView }) {
  const texts = settingsTexts.value
  const [said, setSaid] = useState<readonly string[]>([])
  const test = (): void => {
    setSaid([texts.testing])
    void testOf(channel).then((lines) => {
      setSaid(lines)
      again()
    })
  }
  const { clientIds } = channel
  const named = clients.filter(({ id }) => clientIds?.includes(id) ?? false).map((client) => makeVisible(client.name))
  return (
    <tr>
      <th scope="row">
        <Given text={channel.name} />
        <span class="meta">
          {texts[`kind_${channel.kind}`]}
          {channel.kind === 'webhook' && (
            <>
              {' · '}
              <Given text={channel.origin} />
            </>
          )}
        </span>
      </th>
      <td class="wide">
        <Health channel={channel} />
      </td>
      <td data-l={texts.colFrom}>{texts[`from_${channel.minSeverity}`]}</td>
      <td class="wide" data-l={texts.colClients}>
        {clientIds === null ? texts.allClients : <bdi dir="auto">{format.value.list(named)}</bdi>}
      </td>
      <td class="wide">
        <Buttons channel={channel} test={test} ask={ask} />
        <div class="meta" role="status">
          {said.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </td>
    </tr>
  )
}

export function ChannelTable({ channels, ...rest }: Props) {
  const texts = settingsTexts.value
  return (
    <div class="panel scroll sec" tabIndex={0} role="group" aria-label={texts.tab_channels}>
      <table class="stack">
        <caption class="vh">{texts.tab_channels}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.colChannel}</th>
            <th scope="col">{texts.colHealth}</th>
            <th scope="col">{texts.colFrom}</th>
            <th scope="col">{texts.colClients}</th>
            <th scope="col">
              <span class="vh">{t.value.show}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <Row key={channel.id} channel={channel} {...rest} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
