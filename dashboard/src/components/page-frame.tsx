/** What a page shows before its data: nothing, then grey bars in the final frame, or why it has none. */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ApiFailure } from '../api/client.ts'
import { t } from '../state/session.ts'

/** Sets the tab's title: state first. */
export function useTitle(state: string): void {
  useEffect(() => {
    document.title = `${state} · ${t.value.product}`
  }, [state])
}

export function Bars() {
  return (
    <div class="bars" aria-hidden="true">
      <span class="bone wide" />
      <span class="bone" />
      <span class="bone" />
    </div>
  )
}

/** `failure` without data: the sentence; else nothing, then bars. */
export function Waiting({ failure, slow }: { failure: ApiFailure | null; slow: boolean }) {
  const texts = t.value
  useTitle(texts.product)
  if (failure?.kind === 'absent') return <Absent />
  if (failure)
    return (
      <header class="head">
        <h1>{texts.failedTitle}</h1>
        <p class="under">
          {texts.failedText} <span class="mono">{failure.message}</span>
        </p>
      </header>
    )
  return slow ? <Bars /> : null
}

export function Absent() {
  const texts = t.value
  useTitle(texts.notFoundTitle)
  return (
    <header class="head">
      <h1>{texts.notFoundTitle}</h1>
      <p class="under">
        {texts.notFoundText} <a href="/">{texts.notFoundBack}</a>
      </p>
    </header>
  )
}

/** A section: heading, meta at the right, content. */
export function Section({
  id,
  title,
  meta,
  children,
}: {
  id: string
  title: string
  meta?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {meta !== undefined && <span class="meta">{meta}</span>}
      </header>
      {children}
    </section>
  )
}
