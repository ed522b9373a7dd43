/** A settings page's data, and how to ask for it again after a change of the reader's own. */
import { useState } from 'preact/hooks'
import { useView, type View } from '../../state/use-view.ts'

/** Changes of machines do not concern a settings page. */
export function useSettings<V extends { readonly now?: number }>(path: string): View<V> & { again: () => void } {
  const [round, setRound] = useState(0)
  // A fragment never leaves the browser: another one makes the page ask again, and what is shown stays until then.
  const asked = useView<V>(round === 0 ? path : `${path}#${round}`, () => false)
  const [last, setLast] = useState<{ path: string; view: V } | null>(null)
  if (asked.view !== null && asked.view !== last?.view) setLast({ path, view: asked.view })
  const kept = last?.path === path ? last.view : null
  return { ...asked, view: asked.view ?? kept, again: () => setRound(round + 1) }
}
