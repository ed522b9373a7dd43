/** A page's data: asked once, asked again when the live socket says that it changed. */
import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, type ApiFailure, get } from '../api/client.ts'
import { changed, disconnect } from '../api/live.ts'
import { hearClock, session } from './session.ts'

/** `slow`: nothing for 300 ms, so that a frame of grey bars may be drawn (ui.md 7). */
export type View<V> = { readonly view: V | null; readonly failure: ApiFailure | null; readonly slow: boolean }

const SETTLE_MS = 120
const RETRY_MS = 3_000
const BARS_MS = 300

type Shown<V> = { readonly path: string; readonly view: V | null; readonly failure: ApiFailure | null }
type Keep<V> = (next: (old: Shown<V>) => Shown<V>) => void

/** Asks at once and at each `again`; tries again by itself while the server is away. @returns how to ask and how to stop. */
function keepAsking<V extends { readonly now?: number }>(
  path: string,
  keep: Keep<V>,
): { readonly again: () => void; readonly stop: () => void } {
  let alive = true
  let asked = 0
  let heard = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSettling = false
  const ask = async (): Promise<void> => {
    timer = undefined
    asked += 1
    const mine = asked
    // Answers may overtake one another: none is shown after that to a later question.
    const isOver = (): boolean => !alive || mine < heard
    try {
      const view = await get<V>(path)
      if (isOver()) return
      heard = mine
      if (view.now !== undefined) hearClock(view.now)
      keep(() => ({ path, view, failure: null }))
    } catch (error) {
      if (isOver() || !(error instanceof ApiError)) return
      const { failure } = error
      if (failure.kind === 'signed-out') {
        session.value = null
        disconnect()
      }
      keep((old) => ({ path, view: old.path === path ? old.view : null, failure }))
      if (failure.kind !== 'unreachable') return
      clearTimeout(timer)
      isSettling = false
      timer = setTimeout(ask, RETRY_MS)
    }
  }
  void ask()
  // The first of many changes sets the time: were it put off by each, a busy fleet would never be asked about.
  const again = (): void => {
    if (isSettling && timer !== undefined) return
    clearTimeout(timer)
    isSettling = true
    timer = setTimeout(ask, SETTLE_MS)
  }
  const stop = (): void => {
    alive = false
    clearTimeout(timer)
  }
  return { again, stop }
}

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
    const asking = keepAsking<V>(path, setState)
    const bars = setTimeout(() => setSlow(true), BARS_MS)
    const stopHearing = onChange((machines) => matters.current(machines), asking.again)
    return () => {
      asking.stop()
      clearTimeout(bars)
      stopHearing()
    }
  }, [path])
  const current = state.path === path ? state : { view: null, failure: null }
  return { view: current.view, failure: current.failure, slow }
}
