/** Agents: keys that may report, with state, version and last report; enrollment codes, and new ones. */
import { useState } from 'preact/hooks'
import type { AgentsView } from '../../../../shared/api/settings.ts'
import { Age } from '../../components/age.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Section, Waiting } from '../../components/page-frame.tsx'
import { asked, machinePath } from '../../router.ts'
import { format, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { NewCode } from './new-code.tsx'
import { SettingsHead } from './settings.tsx'
import { useSettings } from './use-settings.ts'

export function AgentsPage() {
  const { view, failure, slow, again } = useSettings<AgentsView>('/api/v1/agents')
  const [making, setMaking] = useState(asked('client') !== '')
  if (!view) return <Waiting failure={failure} slow={slow} />
  const texts = settingsTexts.value
  const active = view.agents.filter(({ state }) => state === 'active')
  const connected = active.filter((agent) => agent.connected).length
  return (
    <>
      <SettingsHead
        subject="agents"
        title={texts.agentsSays(connected, active.length, format.value)}
        under={texts.agentsUnder(view.current)}
        action={
          <button class="btn first" type="button" onClick={() => setMaking(true)}>
            {texts.newCode}
          </button>
        }
      />
      {making && <NewCode view={view} onDone={again} close={() => setMaking(false)} />}
      {view.agents.length > 0 && <Agents view={view} />}
      <Codes view={view} />
    </>
  )
}

function AgentRow({ agent, current }: { agent: AgentsView['agents'][number]; current: string }) {
  const texts = settingsTexts.value
  const { machine, build } = agent
  return (
    <tr class={agent.state === 'quarantined' ? 'bad' : ''}>
      <th scope="row">
        {machine === null ? (
          <span class="soft">{texts.machineGone}</span>
        ) : (
          <a href={machinePath(machine.client.slug, machine.slug)}>
            <Given text={machine.name} />
          </a>
        )}
        <span class="meta">
          <Given text={agent.client.name} />
        </span>
      </th>
      <td data-l={texts.colState}>
        {texts[`key_${agent.state}`]}
        {agent.connected && <span class="meta">{texts.connectedNow}</span>}
      </td>
      <td data-l={texts.colVersion}>
        {build === null ? (
          t.value.never
        ) : (
          <span class={makeVisible(build).startsWith(current) ? '' : 'is-warning'}>
            <Given text={build} />
          </span>
        )}
      </td>
      <td class="n" data-l={texts.colHeard}>
        {agent.lastReportAt === null ? t.value.never : <Age at={agent.lastReportAt} />}
      </td>
      <td class="wide mono" data-l={texts.colKey}>
        {agent.fingerprint}
      </td>
    </tr>
  )
}

function Agents({ view }: { view: AgentsView }) {
  const texts = settingsTexts.value
  return (
    <Section id="agents" title={texts.tab_agents}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="agents">
        <table class="stack">
          <caption class="vh">{texts.tab_agents}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.colMachine}</th>
              <th scope="col">{texts.colState}</th>
              <th scope="col">{texts.colVersion}</th>
              <th scope="col" class="n">
                {texts.colHeard}
              </th>
              <th scope="col">{texts.colKey}</th>
            </tr>
          </thead>
          <tbody>
            {view.agents.map((agent) => (
              <AgentRow key={agent.fingerprint} agent={agent} current={view.current} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function CodeRow({ code }: { code: AgentsView['codes'][number] }) {
  const texts = settingsTexts.value
  const what = [code.site, code.machineName ?? '', code.role === null ? '' : t.value[`role_${code.role}`]]
  return (
    <tr>
      <th scope="row">
        <Given text={code.client.name} />
        <span class="meta">
          <bdi dir="auto">{makeVisible(what.filter((part) => part !== '').join(' · '))}</bdi>
        </span>
      </th>
      <td data-l={texts.colState}>{texts[`code_${code.state}`]}</td>
      <td data-l={texts.colMade}>
        <Age at={code.createdAt} />
        <span class="meta">{texts.madeBy(makeVisible(code.createdBy))}</span>
      </td>
      <td class="n" data-l={texts.colExpires}>
        <time dateTime={new Date(code.expiresAt).toISOString()} title={format.value.exact(code.expiresAt)}>
          {format.value.date(code.expiresAt)}
        </time>
      </td>
    </tr>
  )
}

/** A used code is only history: the newest few of those. */
const USED_SHOWN = 5

function shownCodes(codes: AgentsView['codes']): AgentsView['codes'] {
  const used = codes.filter(({ state }) => state === 'used').slice(0, USED_SHOWN)
  return [
    ...codes.filter(({ state }) => state === 'open'),
    ...codes.filter(({ state }) => state === 'expired'),
    ...used,
  ]
}

function Codes({ view }: { view: AgentsView }) {
  const texts = settingsTexts.value
  return (
    <Section id="codes" title={texts.codes}>
      {view.codes.length === 0 ? (
        <div class="empty">
          <strong>{texts.codesNone}</strong>
          {texts.codesNoneText}
        </div>
      ) : (
        <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="codes">
          <table class="stack">
            <caption class="vh">{texts.codes}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.codeFor}</th>
                <th scope="col">{texts.colState}</th>
                <th scope="col">{texts.colMade}</th>
                <th scope="col" class="n">
                  {texts.colExpires}
                </th>
              </tr>
            </thead>
            <tbody>
              {shownCodes(view.codes).map((code) => (
                <CodeRow key={code.id} code={code} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
