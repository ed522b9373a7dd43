/** How the next machine joins: reach, install, enroll, waiting. The code is made on demand and shown once. */
import { useState } from 'preact/hooks'
import type { CodeView } from '../../../../shared/api/views.ts'
import { ApiError, post } from '../../api/client.ts'
import { Command, CopyButton } from '../../components/copy-button.tsx'
import { Section } from '../../components/page-frame.tsx'
import { format, session, t } from '../../state/session.ts'

type Client = { readonly id: string; readonly slug: string; readonly name: string }

const REACH = 'ROUNDS_PUBLIC_URL=https://rounds.example.net npm start'
const INSTALL = 'npm ci --ignore-scripts'

const shorten = (code: string): string => `${code.slice(0, 22)}…${code.slice(-10)}`

function Code({ code }: { code: CodeView }) {
  const texts = t.value
  return (
    <>
      <div class="code">
        <strong>
          <span aria-hidden="true">{shorten(code.code)}</span>
          <span class="vh">{texts.addCodeLength(code.code.length, format.value)}</span>
        </strong>
        <CopyButton text={code.code} what={texts.addEnroll} />
        <span class="soft">{texts.addCodeText(code.client, format.value.moment(code.expiresAt))}</span>
      </div>
      <Command text={`npm run -s agent -- enroll ${code.code}`} label={texts.onOtherMachine} />
    </>
  )
}

function Enroll({ client }: { client: Client | null }) {
  const [code, setCode] = useState<CodeView | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const make = (): void => {
    if (client === null) return
    post<CodeView>(`/api/v1/clients/${encodeURIComponent(client.slug)}/codes`, {
      siteId: null,
      role: null,
      machineName: null,
    }).then(
      (made) => setCode(made),
      (error: unknown) => setRefused(error instanceof ApiError ? error.message : String(error)),
    )
  }
  if (code) return <Code code={code} />
  return (
    <div class="acts">
      <button class="btn first" type="button" onClick={make} disabled={client === null}>
        {t.value.addMakeCode}
      </button>
      {refused !== null && <span role="alert">{refused}</span>}
    </div>
  )
}

export function AddMachine({ client }: { client: Client | null }) {
  const texts = t.value
  const server = session.value === null || session.value === 'asking' ? null : session.value.server
  return (
    <Section id="add" title={texts.addNext}>
      <div class="panel words">
        <ol class="choose">
          <li>
            <h3>{texts.addReach}</h3>
            {server?.publicUrl ? (
              <p class="soft">{texts.addReachKnown(server.publicUrl)}</p>
            ) : (
              <>
                <p class="soft">{texts.addReachText(server?.listen ?? '')}</p>
                <Command text={REACH} label={texts.onThisMachine} />
              </>
            )}
          </li>
          <li>
            <h3>{texts.addInstall}</h3>
            <p class="soft">{texts.addInstallText}</p>
            <Command text={INSTALL} label={texts.onOtherMachine} />
          </li>
          <li>
            <h3>{texts.addEnroll}</h3>
            <Enroll client={client} />
          </li>
        </ol>
        <p class="soft">{texts.addPromise}</p>
        <div class="empty" role="status">
          <strong>{texts.waitingSecond}</strong>
          {texts.waitingSecondText}
        </div>
      </div>
    </Section>
  )
}
