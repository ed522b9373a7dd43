/** One of many, some of many, and yes or no: fields with their labels. */
import { useId } from 'preact/hooks'

type Option = { readonly value: string; readonly label: string }

/** One of a list. */
export function Pick({
  label,
  value,
  options,
  onPick,
}: {
  label: string
  value: string
  options: readonly Option[]
  onPick: (value: string) => void
}) {
  const id = useId()
  return (
    <div class="askfield">
      <label for={id}>{label}</label>
      <select id={id} class="field" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Some of a list. */
export function PickSome({
  label,
  values,
  options,
  onPick,
}: {
  label: string
  values: readonly string[]
  options: readonly Option[]
  onPick: (values: readonly string[]) => void
}) {
  const toggle = (value: string, isOn: boolean): void =>
    onPick(isOn ? [...values, value] : values.filter((one) => one !== value))
  return (
    <fieldset class="plain askfield wide">
      <legend>{label}</legend>
      <div class="some">
        {options.map(({ value, label: name }) => (
          <Yes key={value} label={name} value={values.includes(value)} onChange={(isOn) => toggle(value, isOn)} />
        ))}
      </div>
    </fieldset>
  )
}

/** A box to tick. */
export function Yes({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label class="yes">
      <input
        class="check"
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <bdi dir="auto">{label}</bdi>
    </label>
  )
}
