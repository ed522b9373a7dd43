/** A sentence of the catalogue that may hold strings from PCs: a text node, hidden characters shown. Commands between backticks become code. */
import { makeVisible } from './given.tsx'

/** `isTyped`: a person's own words, of which nothing is marked up. */
export function Said({ text, isTyped = false }: { text: string; isTyped?: boolean }) {
  const parts = makeVisible(text).split('`')
  // An odd number of backticks came from a PC's string: then nothing is marked up.
  if (isTyped || parts.length % 2 === 0) return <>{makeVisible(text)}</>
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
}
