/** This server: program, address, data, and how long each kind of record is kept. */
import type { ComponentChildren } from 'preact'
import type { ServerView } from '../../../../shared/api/settings.ts'
import { Given } from '../../components/given.tsx'
import { Section, Waiting } from '../../components/page-frame.tsx'
import { format } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { SettingsHead } from './settings.tsx'
import { useSettings } from './use-settings.ts'

export function ServerPage() {
  const { view, failure, slow } = useSettings<ServerView>('/api/v1/server')
  if (!view) return <Waiting failure={failure} slow={slow} />
  const texts = settingsTexts.value
  const f = format.value
  const title = view.isWritable
    ? texts.serverSays(view.version, f.span(view.now - view.startedAt))
    : texts.serverReadOnly(view.version)
  return (
    <>
      <SettingsHead subject="server" title={title} under={texts.serverUnder(view.connected, view.machines, f)} />
      <Program view={view} />
      <Data view={view} />
      <Kept view={view} />
    </>
  )
}

function Fact({ name, children, bad = false }: { name: string; children: ComponentChildren; bad?: boolean }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class={bad ? 'is-critical' : ''}>{children}</dd>
    </div>
  )
}

function Program({ view }: { view: ServerView }) {
  const texts = settingsTexts.value
  const tls = view.hasOwnTls
    ? texts.tlsOwn
    : view.proxies.length > 0
      ? texts.tlsProxy(format.value.list(view.proxies))
      : texts.tlsNone
  return (
    <Section id="program" title={texts.address}>
      <dl class="panel facts">
        <Fact name={texts.addressHere}>{view.address}</Fact>
        <Fact name={texts.addressPublic}>{view.publicUrl ?? texts.addressNone}</Fact>
        <Fact name={texts.addressListen}>{view.listen}</Fact>
        <Fact name={texts.addressTls}>{tls}</Fact>
        <Fact name={texts.versionLabel}>{view.version}</Fact>
        <Fact name={texts.nodeLabel}>{view.node}</Fact>
        <Fact name={texts.startedLabel}>
          <time dateTime={new Date(view.startedAt).toISOString()} title={format.value.exact(view.startedAt)}>
            {format.value.moment(view.startedAt)}
          </time>
        </Fact>
      </dl>
    </Section>
  )
}

/** A disk with less room than this is short of it, whatever its size. */
const LOW_BYTES = 5e9

function Data({ view }: { view: ServerView }) {
  const texts = settingsTexts.value
  const f = format.value
  const { disk } = view
  return (
    <Section id="data" title={texts.data}>
      <dl class="panel facts">
        <Fact name={texts.dataFolder}>
          <span class="mono">
            <Given text={view.dataFolder} whole />
          </span>
        </Fact>
        <Fact name={texts.dataStore} bad={!view.isWritable}>
          SQLite, {view.isWritable ? texts.storeWritable : texts.storeBlocked}
        </Fact>
        <Fact name={texts.dataDisk} bad={disk !== null && disk.freeBytes < LOW_BYTES}>
          {disk === null ? texts.diskUnknown : texts.diskFree(f.bytes(disk.freeBytes), f.bytes(disk.totalBytes))}
        </Fact>
        {view.files.map(({ client, bytes }) => (
          <Fact key={client?.id ?? 'hub'} name={client === null ? texts.dataHub : client.name}>
            {f.bytes(bytes)}
          </Fact>
        ))}
      </dl>
    </Section>
  )
}

function Kept({ view }: { view: ServerView }) {
  const texts = settingsTexts.value
  return (
    <Section id="kept" title={texts.kept}>
      <dl class="panel facts">
        {view.kept.map(({ what, ms }) => (
          <Fact key={what} name={texts[`kept_${what}`]}>
            {ms === null ? texts.keptForEver : format.value.span(ms)}
          </Fact>
        ))}
      </dl>
    </Section>
  )
}
