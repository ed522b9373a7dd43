/** Labels of items, kept: volumes and jobs have the same few names on thousands of machines, and escaping costs more than looking up. */
import { escapeLabel } from './exposition.ts'

/** Texts beyond which all are forgotten, so that names which come and go leave nothing behind. */
const MOST = 20_000
const known = new Map<string, Map<string, string>>()

/** @returns `name="value"` with the value escaped; the same text is the same string. */
export function itemLabel(name: string, value: string): string {
  const texts = known.get(name) ?? new Map<string, string>()
  known.set(name, texts)
  const text = texts.get(value)
  if (text !== undefined) return text
  if (texts.size >= MOST) texts.clear()
  const made = `${name}="${escapeLabel(value)}"`
  texts.set(value, made)
  return made
}
