/** Colours of the drawings: CSS variables on screen, fixed values on paper, so that one function draws both. Pure data. */
import type { Standing } from '../severity.ts'

/** A palette: each value is anything that SVG takes as a paint. */
export type ChartInk = {
  /** What is not lit. */
  readonly track: string
  readonly grid: string
  readonly ink: string
  /** Labels and ticks. */
  readonly ink3: string
  readonly series: string
  /** Series of what is further away. */
  readonly seriesPale: string
  readonly states: { readonly [S in Standing]: string }
  /** `font-family` of texts in a chart, as the sink needs it. */
  readonly font: string
}

/** On screen: tokens.css. */
export const SCREEN_INK: ChartInk = {
  track: 'var(--track)',
  grid: 'var(--grid)',
  ink: 'var(--ink)',
  ink3: 'var(--ink-3)',
  series: 'var(--series)',
  seriesPale: 'var(--ink-3)',
  states: {
    good: 'var(--good-mark)',
    note: 'var(--info-mark)',
    attention: 'var(--warning-mark)',
    urgent: 'var(--critical-mark)',
    accepted: 'var(--accepted-mark)',
    'not-proven': 'var(--unknown-mark)',
  },
  font: 'inherit',
}

/** On paper (ui.md 12): the good of a dial is paler than its mark, so that it stays quiet in grey too. */
export const PRINT_INK: ChartInk = {
  track: '#d9d9d3',
  grid: '#e6e6e1',
  ink: '#191b1d',
  ink3: '#5f656b',
  series: '#3b4147',
  seriesPale: '#8f959b',
  states: {
    good: '#6f9a80',
    note: '#3f86dc',
    attention: '#c47a00',
    urgent: '#a90f28',
    accepted: '#464b50',
    'not-proven': '#583a8a',
  },
  font: "'Source Sans 3', 'Libertinus Serif', sans-serif",
}
