/** Makes an enrollment code: for which client and site, in which role; the code is shown once, with the command that takes it. */
import { useState } from 'preact/hooks'
import type { AgentsView } from '../../../../shared/api/settings.ts'
import type { CodeView } from '../../../../shared/api/views.ts'
import { post } from '../../api/client.ts'
import { Command } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Pick } from '../../components/pick.tsx'
import { ask, asked } from '../../router.ts'
import { format, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'

type Props = { view: AgentsView; onDone: () => void; close: () => void }

export function NewCode({ view, onDone, close }: Props) {
  const [made, setMade] = useState<CodeView | null>(null)
  const leave = (): void => {
    ask({ client: '' })
    close()
  }
  // The form closes itself when the code is made: then the code is shown in its place.
  if (made === null) return <Ask view={view} onMade={setMade} close={leave} />
  return (
    <Shown
      code={made}
      close={() => {
        onDone()
        leave()
      }}
    />
  )
}

function Shown({ code, close }: { code: CodeView; close: () => void }) {
  const texts = settingsTexts.value
  return (
    <Dialog label={texts.codeMade} onClose={close} className="box roomy-box">
      <h2>{texts.codeMade}</h2>
      <p class="soft">{t.value.addCodeText(makeVisible(code.client), format.value.moment(code.expiresAt))}</p>
      <Command text={`npm run -s agent -- enroll ${code.code}`} label={t.value.onOtherMachine} />
      <div class="acts">
        <button class="btn" type="button" onClick={close}>
          {t.value.close}
        </button>
      </div>
    </Dialog>
  )
}

const ROLES = ['server', 'desktop', 'laptop'] as const

function Ask({ view, onMade, close }: { view: AgentsView; onMade: (code: CodeView) => void; close: () => void }) {
  const texts = settingsTexts.value
  const [slug, setSlug] = useState(asked('client') || (view.clients[0]?.slug ?? ''))
  const client = view.clients.find((one) => one.slug === slug) ?? view.clients[0] ?? null
  const [siteId, setSiteId] = useState('')
  const [role, setRole] = useState('')
  const [name, setName] = useState('')
  const make = async (): Promise<void> => {
    const site = client?.sites.find(({ id }) => id === siteId)?.id ?? null
    const body = { siteId: site, role: role === '' ? null : role, machineName: name === '' ? null : name }
    onMade(await post<CodeView>(`/api/v1/clients/${encodeURIComponent(client?.slug ?? '')}/codes`, body))
  }
  const options = (rows: readonly { readonly id: string; readonly name: string }[]) =>
    rows.map((one) => ({ value: one.id, label: makeVisible(one.name) }))
  return (
    <DialogForm
      title={texts.newCode}
      lead={texts.codesNoneText}
      doIt={texts.newCode}
      onDo={make}
      onDone={() => {}}
      close={close}
      closes={false}
    >
      <Pick
        label={texts.codeClient}
        value={client?.slug ?? ''}
        options={view.clients.map((one) => ({ value: one.slug, label: makeVisible(one.name) }))}
        onPick={setSlug}
      />
      <Pick label={texts.codeSite} value={siteId} options={options(client?.sites ?? [])} onPick={setSiteId} />
      <Pick
        label={texts.codeRole}
        value={role}
        options={[
          { value: '', label: texts.codeRoleAuto },
          ...ROLES.map((value) => ({ value, label: t.value[`role_${value}`] })),
        ]}
        onPick={setRole}
      />
      <Field label={texts.codeName} value={name} onInput={setName} maxLength={64} />
    </DialogForm>
  )
}
