/** A page that few people open: its code comes when it is opened. Until then the page's frame stands, as for slow data. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../state/session.ts'
import { Bars } from './page-frame.tsx'

/** @param load brings the page; once per visit of the site, later ones find it there. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null
  return function Later(props: P) {
    const [, redraw] = useState(0)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (known !== null) return
      load().then(
        (page) => {
          known = page
          redraw((n) => n + 1)
        },
        () => setFailed(true),
      )
    }, [])
    const Page = known
    if (Page !== null) return <Page {...props} />
    if (!failed) return <Bars />
    return (
      <header class="head">
        <h1>{t.value.failedTitle}</h1>
        <p class="under">{t.value.failedText}</p>
      </header>
    )
  }
}
