/** A page's data: asked once, asked again when the live socket says that it changed. */
import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, type ApiFailure, get } from '../api/client.ts'
import { changed } from '../api/live.ts'
import { hearClock, session } from './session.ts'

/** `slow`: nothing for 300 ms, so that a frame of grey bars may be drawn (ui.md 7). */
export type View<V> = {
  readonly view: V | null
  readonly failure: ApiFailure | null
  readonly slow: boolean
  readonly again: () => void
}

const SETTLE_MS = 120
const RETRY_MS = 3_000

/**
 * @param path of the API; another path starts over.
 * @param concerns whether a change of these machines matters to the page; an empty list means everything may have changed.
 */
export function useView<V extends { readonly now?: number }>(
  path: string,
  concerns: (machines: readonly string[]) => boolean = () => true,
): View<V> {
  const [state, setState] = useState<{ path: string; view: V | null; failure: ApiFailure | null }>({
    path,
    view: null,
    failure: null,
  })
  const [slow, setSlow] = useState(false)
  const matters = useRef(concerns)
  matters.current = concerns
  const ask = useRef<() => void>(() => {})

  useEffect(() => {
    let alive = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const bars = setTimeout(() => alive && setSlow(true), 300)
    const fetchNow = async (): Promise<void> => {
      try {
        const view = await get<V>(path)
        if (!alive) return
        if (view.now !== undefined) hearClock(view.now)
        setState({ path, view, failure: null })
      } catch (error) {
        if (!alive || !(error instanceof ApiError)) return
        if (error.failure.kind === 'signed-out') session.value = null
        setState((old) => ({ path, view: old.path === path ? old.view : null, failure: error.failure }))
        if (error.failure.kind === 'unreachable') timer = setTimeout(fetchNow, RETRY_MS)
      }
    }
    ask.current = () => {
      clearTimeout(timer)
      timer = setTimeout(fetchNow, SETTLE_MS)
    }
    void fetchNow()
    let first = true
    const stop = effect(() => {
      const { machines } = changed.value
      if (first) first = false
      else if (machines.length === 0 || matters.current(machines)) ask.current()
    })
    return () => {
      alive = false
      clearTimeout(timer)
      clearTimeout(bars)
      stop()
    }
  }, [path])

  const current = state.path === path ? state : { view: null, failure: null }
  return { view: current.view, failure: current.failure, slow, again: () => ask.current() }
}
