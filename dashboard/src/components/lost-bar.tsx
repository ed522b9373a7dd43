/** The server is lost: since when the page may be old, when it is tried again, and how not to wait. Floats: nothing moves for it. */
import { useEffect, useState } from 'preact/hooks'
import { link, nextTryAt, tryNow } from '../api/live.ts'
import { format, t } from '../state/session.ts'

/** The browser's clock, second by second: the countdown is about this browser, not about the server. */
function useSeconds(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Not announced: a reader would hear every second. */
function Countdown() {
  const now = useSeconds()
  const at = nextTryAt.value
  const texts = t.value
  return (
    <span class="meta" aria-hidden="true">
      {at === null ? texts.lostTrying : texts.lostNext(format.value.age(Math.max(0, at - now) + 999))}
    </span>
  )
}

export function LostBar() {
  const { state, since } = link.value
  const isLost = state === 'lost'
  const texts = t.value
  return (
    <div class={isLost ? 'lostbar' : 'lostbar vh'}>
      <p role="status">{isLost && texts.lostSince(format.value.moment(since))}</p>
      {isLost && (
        <>
          <Countdown />
          <button class="btn" type="button" onClick={tryNow} disabled={nextTryAt.value === null}>
            {texts.tryNow}
          </button>
        </>
      )}
    </div>
  )
}
