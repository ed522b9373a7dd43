/** HTML from text: a tagged template that encodes every value, and pieces that were encoded already. Pure. */
import { escapeXml } from '../../../shared/charts/svg.ts'
import { makeVisible } from './make-visible.ts'

/** Markup that may stand in a page as it is: made by `html` only, or by our own drawings. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | null | Markup | readonly Markup[]
/** Letters that are written from right to left: such a text is isolated, or it would turn what stands around it. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802-\ud803\ud83a-\ud83b]/

/** A word that no column could hold; it may break after each eighth character, as in the PDF. */
const LONG_WORD = /([^\s]{25,})/
const PIECES = /.{1,8}/gsu

/** @returns the markup; strings are encoded for text and for quoted attributes alike, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.reduce((all, part, i) => `${all}${encode(values[i - 1] ?? null)}${part}`))
}

/** A text for a node: places to break in long words, direction of its own where it needs one. */
export function shown(text: string): Markup {
  const pieces = new Markup(
    makeVisible(text)
      .split(LONG_WORD)
      .map((part, i) => (i % 2 === 1 ? (part.match(PIECES) ?? []).map(escapeXml).join('<wbr>') : escapeXml(part)))
      .join(''),
  )
  return RIGHT_TO_LEFT.test(text) ? html`<bdi dir="auto">${pieces}</bdi>` : pieces
}

function encode(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escapeXml(makeVisible(value))
  return value instanceof Markup ? value.text : value.map(({ text }) => text).join('')
}
