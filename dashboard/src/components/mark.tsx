/** State marks: six silhouettes and the dash for good and proven. Shape first, word second, colour last. */
import type { Standing } from '../../../shared/severity.ts'
import { t } from '../state/session.ts'

const CLASS: { readonly [S in Standing]: string } = {
  urgent: 'critical',
  attention: 'warning',
  note: 'info',
  'not-proven': 'unknown',
  accepted: 'accepted',
  good: 'good',
}

/** CSS class of a standing: `is-critical`, `mk-critical`. */
export const toneOf = (standing: Standing): string => CLASS[standing]

const Critical = () => (
  <>
    <path d="M7.1.5a1.3 1.3 0 0 1 1.8 0l6.6 6.6a1.3 1.3 0 0 1 0 1.8l-6.6 6.6a1.3 1.3 0 0 1-1.8 0L.5 8.9a1.3 1.3 0 0 1 0-1.8z" />
    <path class="cut" d="M8 4.6v4M8 11.3v.1" />
  </>
)
const Warning = () => (
  <>
    <path d="M8 .8 15.9 15H.1z" />
    <path class="cut" d="M8 6v4M8 12.4v.1" />
  </>
)
const Info = () => (
  <>
    <circle cx="8" cy="8" r="6.6" stroke-width="1.7" />
    <path stroke-width="1.9" stroke-linecap="round" d="M8 7.4v3.8M8 4.7v.1" />
  </>
)
const Unknown = () => (
  <>
    <circle cx="8" cy="8" r="6.8" stroke-width="1.7" stroke-dasharray="3.3 2.04" />
    <path
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      d="M6.1 6.3a1.9 1.9 0 1 1 2.7 1.9c-.5.3-.8.6-.8 1.2M8 11.7v.1"
    />
  </>
)
const Accepted = () => (
  <>
    <path stroke-width="1.5" stroke-linejoin="round" d="M8 1.1 14.9 8 8 14.9 1.1 8z" />
    <path stroke-width="1.6" stroke-linecap="round" d="M6.5 6.2v3.6M9.5 6.2v3.6" />
  </>
)
const Good = () => <path stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="m3 8.6 3.4 3.4L13.2 4.6" />
const Quiet = () => <path stroke-width="2" stroke-linecap="round" d="M5.5 8h5" />

const SHAPES = {
  critical: Critical,
  warning: Warning,
  info: Info,
  unknown: Unknown,
  accepted: Accepted,
  good: Good,
  quiet: Quiet,
}

/** `named`: no word stands beside it, so it must carry its own. `dash`: good is a grey dash in tables. */
export function Mark({
  standing,
  named = false,
  dash = false,
}: {
  standing: Standing
  named?: boolean
  dash?: boolean
}) {
  const tone = dash && standing === 'good' ? 'quiet' : toneOf(standing)
  const Shape = SHAPES[tone as keyof typeof SHAPES]
  const word = t.value[`standing_${standing}`]
  return (
    <svg
      class={`mk mk-${tone}`}
      viewBox="0 0 16 16"
      {...(named ? { role: 'img', 'aria-label': word } : { 'aria-hidden': true })}
    >
      <Shape />
    </svg>
  )
}

/** Mark and word, on a tint when `pill`. */
export function Badge({ standing, pill = false, word }: { standing: Standing; pill?: boolean; word?: string }) {
  return (
    <span class={`sev is-${toneOf(standing)}${pill ? ' pill' : ''}`}>
      {pill && <Mark standing={standing} />}
      {word ?? t.value[`standing_${standing}`]}
    </span>
  )
}
