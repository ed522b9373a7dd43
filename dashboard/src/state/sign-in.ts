/** Signing in: the link carries its token in the fragment, which no server and no proxy sees; it is exchanged by POST. */
import { signal } from '@preact/signals'
import type { SessionView } from '../../../shared/api/views.ts'
import { ApiError, get, post } from '../api/client.ts'
import { connect } from '../api/live.ts'
import { hearClock, session } from './session.ts'

/** Whether a link was tried and refused. */
export const linkRefused = signal(false)

/** Exchanges the link if the address holds one, then asks who is signed in. */
export async function signIn(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('in')
  if (token !== null) {
    // The token leaves the address, and so the history, before anything else happens.
    history.replaceState(null, '', location.pathname + location.search)
    await post('/api/v1/session/link', { token }).catch((error: unknown) => {
      linkRefused.value = error instanceof ApiError && error.failure.kind !== 'unreachable'
    })
  }
  await askSession()
}

const RETRY_MS = 2_000

async function askSession(): Promise<void> {
  try {
    const view = await get<SessionView>('/api/v1/session')
    hearClock(view.now)
    session.value = view
    linkRefused.value = false
    connect()
  } catch (error) {
    if (error instanceof ApiError && error.failure.kind === 'unreachable') setTimeout(askSession, RETRY_MS)
    else session.value = null
  }
}
