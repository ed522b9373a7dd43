/** An instant as a reader needs it: short on the page, exact in the title. Ticks with the page's clock. */
import { clock, format, t } from '../state/session.ts'

/** `plain`: the age without "ago" ("9 h"), where the sentence says the rest. */
export function Age({ at, plain = false }: { at: number; plain?: boolean }) {
  const ms = clock.value - at
  const f = format.value
  const age = ms < 1_000 ? t.value.justNow : plain ? f.age(ms) : t.value.ago(f.age(ms))
  return (
    <time dateTime={new Date(at).toISOString()} title={f.exact(at)}>
      {age}
    </time>
  )
}

/** A moment: weekday and clock in the last six days, else a date. */
export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={format.value.exact(at)}>
      {format.value.moment(at)}
    </time>
  )
}
