/** How mail leaves: host, port, encryption, user and sender. The password goes in and never comes out. */
import { useState } from 'preact/hooks'
import type { MailServerView } from '../../../../shared/api/channels.ts'
import { put } from '../../api/client.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Pick } from '../../components/pick.tsx'
import { settingsTexts } from '../../state/settings-texts.ts'
import { useSettings } from './use-settings.ts'

type Known = MailServerView['mailServer']

export function MailServer() {
  const texts = settingsTexts.value
  const { view, again } = useSettings<MailServerView & { now?: number }>('/api/v1/mail-server')
  const [open, setOpen] = useState(false)
  if (!view) return null
  const known = view.mailServer
  const said =
    known === null
      ? texts.mailServerNone
      : texts.mailServerIs(
          makeVisible(known.host),
          String(known.port),
          texts[`tls_${known.tls}`],
          makeVisible(known.from),
        )
  return (
    <Section id="mail" title={texts.mailServer}>
      <p class={known === null ? 'is-unknown' : 'soft'}>{said}</p>
      <div class="acts under-text">
        <button class="btn" type="button" aria-label={texts.changeOf(texts.mailServer)} onClick={() => setOpen(true)}>
          {texts.change}
        </button>
      </div>
      {open && <Form known={known} onDone={again} close={() => setOpen(false)} />}
    </Section>
  )
}

function Form({ known, onDone, close }: { known: Known; onDone: () => void; close: () => void }) {
  const texts = settingsTexts.value
  const [host, setHost] = useState(known?.host ?? '')
  const [port, setPort] = useState(String(known?.port ?? 465))
  const [tls, setTls] = useState<string>(known?.tls ?? 'tls')
  const [user, setUser] = useState(known?.user ?? '')
  const [password, setPassword] = useState('')
  const [from, setFrom] = useState(known?.from ?? '')
  const save = (): Promise<unknown> =>
    put('/api/v1/mail-server', {
      ...{ host, port: Number(port), tls, from },
      user: user === '' ? null : user,
      password: password === '' ? null : password,
    })
  const keep = known?.hasPassword === true ? { help: texts.mailPasswordKeep } : {}
  return (
    <DialogForm title={texts.mailServer} doIt={texts.saveIt} onDo={save} onDone={onDone} close={close}>
      <Field label={texts.mailHost} value={host} onInput={setHost} required maxLength={253} />
      <Field label={texts.mailPort} type="number" value={port} onInput={setPort} required />
      <Pick
        label={texts.mailTls}
        value={tls}
        options={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: texts[`tls_${value}`] }))}
        onPick={setTls}
      />
      <Field label={texts.mailUser} value={user} onInput={setUser} maxLength={256} />
      <Password label={texts.mailPassword} value={password} onInput={setPassword} {...keep} />
      <Field label={texts.mailFrom} value={from} onInput={setFrom} required maxLength={254} />
    </DialogForm>
  )
}

function Password({
  label,
  value,
  onInput,
  help,
}: {
  label: string
  value: string
  onInput: (value: string) => void
  help?: string
}) {
  return (
    <div class="askfield">
      <label for="mail-password">{label}</label>
      <input
        id="mail-password"
        class="field"
        type="password"
        autocomplete="new-password"
        maxLength={512}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {help !== undefined && <p class="meta">{help}</p>}
    </div>
  )
}
