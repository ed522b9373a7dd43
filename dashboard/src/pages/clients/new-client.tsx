/** Makes a client, and goes to its page. */
import { useState } from 'preact/hooks'
import { post } from '../../api/client.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields.tsx'
import { Pick } from '../../components/pick.tsx'
import { clientPath, navigate } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { language } from '../../state/session.ts'

export function NewClient() {
  const texts = clientTexts.value
  const [open, setOpen] = useState(false)
  return (
    <div class="acts">
      <button class="btn first" type="button" onClick={() => setOpen(true)}>
        {texts.newClient}
      </button>
      {open && <Form close={() => setOpen(false)} />}
    </div>
  )
}

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone')

function Form({ close }: { close: () => void }) {
  const texts = clientTexts.value
  const [name, setName] = useState('')
  const [site, setSite] = useState('')
  const [tongue, setTongue] = useState<string>(language.value)
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const make = async (): Promise<void> => {
    const made = await post<{ slug: string }>('/api/v1/clients', { name, site, language: tongue, timeZone })
    navigate(clientPath(made.slug))
  }
  const all = [...new Set([timeZone, ...zones()])].map((value) => ({ value, label: value }))
  return (
    <DialogForm
      title={texts.newClient}
      lead={texts.newClientText}
      doIt={texts.makeClient}
      onDo={make}
      onDone={() => {}}
      close={close}
    >
      <Field label={texts.clientName} value={name} onInput={setName} required maxLength={128} />
      <Field label={texts.clientSite} value={site} onInput={setSite} required maxLength={128} />
      <Pick
        label={texts.clientLanguage}
        value={tongue}
        options={[
          { value: 'en', label: texts.language_en },
          { value: 'fr', label: texts.language_fr },
        ]}
        onPick={setTongue}
      />
      <Pick label={texts.clientZone} value={timeZone} options={all} onPick={setTimeZone} />
    </DialogForm>
  )
}
