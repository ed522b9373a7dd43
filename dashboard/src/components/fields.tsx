/** Pieces that forms and lists share: a field with its label, one of a few, a list with nothing in it, a day in words. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Formatter } from '../../../shared/text/format.ts'

type FieldProps = {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: 'text' | 'date' | 'time' | 'number'
  readonly required?: boolean
  readonly maxLength?: number
  readonly placeholder?: string
  readonly help?: string
  /** Language of what is typed, where it is not the reader's. */
  readonly lang?: string
}

/** One line to type in. */
export function Field({ label, value, onInput, type = 'text', help, lang, ...rest }: FieldProps) {
  const id = useId()
  // The types of Preact tell the kinds of input apart; this one is any of four.
  const attributes: object = {
    ...{ id, type, value, ...rest },
    ...(lang === undefined ? {} : { lang }),
    ...(help === undefined ? {} : { 'aria-describedby': `${id}-help` }),
    ...(type === 'number' ? { min: 0, inputMode: 'numeric' } : {}),
  }
  return (
    <div class="askfield">
      <label for={id}>{label}</label>
      <input {...attributes} class="field" onInput={(event) => onInput(event.currentTarget.value)} />
      {help !== undefined && (
        <p class="meta" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

/** Several lines to type in. */
export function Area({ label, value, onInput, lang, maxLength = 2_000 }: FieldProps) {
  const id = useId()
  return (
    <div class="askfield wide">
      <label for={id}>{label}</label>
      <textarea
        {...{ id, value, maxLength }}
        class="field"
        rows={3}
        {...(lang === undefined ? {} : { lang })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}

type Choice<V extends string> = { readonly value: V; readonly label: string }

/** One of a few. */
export function Choose<V extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  readonly label: string
  readonly value: V
  readonly choices: readonly Choice<V>[]
  readonly onChoose: (value: V) => void
}) {
  const name = useId()
  return (
    <fieldset class="plain askfield wide">
      <legend>{label}</legend>
      <div class="seg four">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input type="radio" name={name} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A list that has nothing in it says so in one line. */
export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="soft nothing">{children}</p>
}

/** An instant as a day of the client, exact in its title. */
export function Day({ at, f }: { at: number; f: Formatter }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={f.exact(at)}>
      {f.date(at)}
    </time>
  )
}
