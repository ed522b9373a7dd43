/** The dial: four states and no finer, told by the place of the needle so that it reads in grey (ui.md 4). Pure: data in, SVG out. */
import type { ChartInk } from './chart-ink.ts'
import { svg, tenth } from './svg.ts'

/** Where a needle can stand. */
export type DialState = 'good' | 'attention' | 'urgent' | 'not-proven'

/** `before`: at the last visit, drawn as a small ring outside the arc when it moved; null: not known. `label`: the dial in words. */
export type DialInput = { readonly state: DialState; readonly before: DialState | null; readonly label: string }

const NEEDLES = { good: 151, attention: 90, urgent: 29 } as const
const SEGMENTS = { good: [178, 124], attention: [117, 63], urgent: [56, 2] } as const
const POSITIONS = ['good', 'attention', 'urgent'] as const
/** A question mark as strokes: a letter would need a font inside the drawing. */
const QUESTION = 'M46.4 36.2a5.7 5.7 0 1 1 8 5.7c-1.6.9-2.4 1.9-2.4 3.7M52 50.3v.2'

const point = (degrees: number, radius: number) => {
  const angle = (degrees * Math.PI) / 180
  return { x: tenth(52 + radius * Math.cos(angle)), y: tenth(52 - radius * Math.sin(angle)) }
}

function arc([from, to]: readonly [number, number]): string {
  const [a, b] = [point(from, 38), point(to, 38)]
  return `M${a.x} ${a.y}A38 38 0 0 1 ${b.x} ${b.y}`
}

function needle(state: keyof typeof NEEDLES, ink: ChartInk): string {
  const { x, y } = point(NEEDLES[state], 30)
  return `<path d="M52 52L${x} ${y}" stroke="${ink.ink}" stroke-width="2.6" stroke-linecap="round"/><circle cx="52" cy="52" r="4" fill="${ink.ink}"/>`
}

/** A dial as shapes: for the page, which may not make elements from text. Units of a box of 104 by 60. */
export type DialShapes = {
  readonly arcs: readonly { readonly d: string; readonly isLit: boolean }[]
  /** Tip of the needle from its hub at 52, 52; null: not proven. */
  readonly needle: { readonly x: number; readonly y: number } | null
  /** Where the last visit stood; null: nowhere else. */
  readonly ring: { readonly x: number; readonly y: number } | null
  readonly question: string
}

/** @returns the shapes that `dial` draws. */
export function dialShapes({ state, before }: Pick<DialInput, 'state' | 'before'>): DialShapes {
  const hasMoved = before !== null && before !== 'not-proven' && before !== state
  return {
    arcs: POSITIONS.map((position) => ({ d: arc(SEGMENTS[position]), isLit: position === state })),
    needle: state === 'not-proven' ? null : point(NEEDLES[state], 30),
    ring: hasMoved ? point(NEEDLES[before], 48) : null,
    question: QUESTION,
  }
}

/** @returns one SVG element of 104 by 60 units: needle left good, up attention, right urgent; dotted arc and ? not proven. */
export function dial({ state, before, label }: DialInput, ink: ChartInk): string {
  const isBlind = state === 'not-proven'
  const arcs = POSITIONS.map((position) => {
    if (isBlind)
      return `<path d="${arc(SEGMENTS[position])}" fill="none" stroke="${ink.states['not-proven']}" stroke-width="2" stroke-dasharray="2 3.6"/>`
    const isLit = position === state
    const stroke = isLit ? ink.states[position] : ink.track
    return `<path d="${arc(SEGMENTS[position])}" fill="none" stroke="${stroke}" stroke-width="${isLit ? 8 : 5}"/>`
  })
  const pointer = isBlind
    ? `<path d="${QUESTION}" fill="none" stroke="${ink.states['not-proven']}" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/>`
    : needle(state, ink)
  return svg('dial', 104, 60, label, `${arcs.join('')}${ringOf(state, before, ink)}${pointer}`)
}

function ringOf(state: DialState, before: DialState | null, ink: ChartInk): string {
  if (before === null || before === 'not-proven' || before === state) return ''
  const { x, y } = point(NEEDLES[before], 48)
  return `<circle cx="${x}" cy="${y}" r="2.6" fill="none" stroke="${ink.ink3}" stroke-width="1.4"/>`
}
