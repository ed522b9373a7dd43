/** The page never moves under the reader (ui.md 7): what is shown stays in place, what is new waits behind a pill. */
import { useEffect, useRef, useState } from 'preact/hooks'

/** A row as shown: its newest content, or its last one with `gone` when it has left the list. */
export type Held<T> = { readonly row: T; readonly key: string; readonly section: string; readonly gone: boolean }
export type Incoming<T> = { readonly key: string; readonly section: string; readonly row: T }

/** @returns the rows to draw in the order first shown, and how many rows wait. Pure. */
export function hold<T>(
  shown: readonly Held<T>[],
  latest: readonly Incoming<T>[],
): { readonly rows: readonly Held<T>[]; readonly waiting: number } {
  const byKey = new Map(latest.map((item) => [item.key, item]))
  const rows = shown.map((held) => {
    const now = byKey.get(held.key)
    return now ? { ...held, row: now.row, gone: false } : { ...held, gone: true }
  })
  const known = new Set(shown.map((held) => held.key))
  return { rows, waiting: latest.filter((item) => !known.has(item.key)).length }
}

const fresh = <T>(latest: readonly Incoming<T>[]): readonly Held<T>[] =>
  latest.map((item) => ({ ...item, gone: false }))

/**
 * Holds a list while the page is visible. An empty page and a hidden one take the newest list at once: nobody is reading there.
 * @param subject another subject (address) starts over.
 */
export function useHeld<T>(
  subject: string,
  latest: readonly Incoming<T>[],
): { readonly rows: readonly Held<T>[]; readonly waiting: number; readonly reveal: () => void } {
  const shown = useRef<{ subject: string; rows: readonly Held<T>[] }>({ subject, rows: [] })
  const [, redraw] = useState(0)
  const reading = shown.current.subject === subject && shown.current.rows.some((held) => !held.gone) && !document.hidden
  const result = reading ? hold(shown.current.rows, latest) : { rows: fresh(latest), waiting: 0 }
  shown.current = { subject, rows: result.rows }

  const reveal = (): void => {
    shown.current = { subject, rows: fresh(latest) }
    redraw((count) => count + 1)
  }
  useEffect(() => {
    const show = (event: KeyboardEvent): void => {
      if (
        event.key === 'n' &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !(event.target instanceof HTMLInputElement)
      )
        reveal()
    }
    addEventListener('keydown', show)
    return () => removeEventListener('keydown', show)
  })
  return { rows: result.rows, waiting: result.waiting, reveal }
}
