/** A page's data: asked once, asked again when the live socket says that it changed. */
import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ApiFailure } from '../api/client.ts'
import { changed } from '../api/live.ts'
import { Asking } from './asking.ts'

/** `slow`: nothing for 300 ms, so that a frame of grey bars may be drawn (ui.md 7). */
export type View<V> = { readonly view: V | null; readonly failure: ApiFailure | null; readonly slow: boolean }

const BARS_MS = 300

type Shown<V> = { readonly path: string; readonly view: V | null; readonly failure: ApiFailure | null }

/** Calls `again` at each change that concerns the page; a change without machines means that any may have changed. */
function onChange(concerns: (machines: readonly string[]) => boolean, again: () => void): () => void {
  let first = true
  return effect(() => {
    const { machines } = changed.value
    if (first) first = false
    else if (machines.length === 0 || concerns(machines)) again()
  })
}

/**
 * @param path of the API; another path starts over.
 * @param concerns whether a change of these machines matters to the page.
 */
export function useView<V extends { readonly now?: number }>(
  path: string,
  concerns: (machines: readonly string[]) => boolean = () => true,
): View<V> {
  const [state, setState] = useState<Shown<V>>({ path, view: null, failure: null })
  const [slow, setSlow] = useState(false)
  const matters = useRef(concerns)
  matters.current = concerns
  useEffect(() => {
    setSlow(false)
    const asking = new Asking<V>(path, {
      answered: (view) => setState({ path, view, failure: null }),
      failed: (failure) => setState((old) => ({ path, view: old.path === path ? old.view : null, failure })),
    })
    const bars = setTimeout(() => setSlow(true), BARS_MS)
    const stopHearing = onChange(
      (machines) => matters.current(machines),
      () => asking.again(),
    )
    return () => {
      asking.stop()
      clearTimeout(bars)
      stopHearing()
    }
  }, [path])
  const current = state.path === path ? state : { view: null, failure: null }
  return { view: current.view, failure: current.failure, slow }
}
