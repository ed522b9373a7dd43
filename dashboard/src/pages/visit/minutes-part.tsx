/** The minutes, in a small Markdown: what goes into the annex of the report. */
import { useEffect, useId, useState } from 'preact/hooks'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import type { OpenVisit } from './open-visit.ts'

const MOST = 50_000

export function MinutesPart({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const { view, act } = open
  const id = useId()
  const [text, setText] = useState(view.minutes)
  const [saved, setSaved] = useState(view.minutes)
  // Another person's words come in only where nothing is being typed here.
  useEffect(() => {
    if (text === saved) setText(view.minutes)
    setSaved(view.minutes)
  }, [view.minutes])
  const save = (): void => {
    if (text !== view.minutes) act({ kind: 'minutes', said: work.minutes, minutes: text })
  }
  return (
    <Section id="minutes" title={work.minutes}>
      <label class="meta" for={id}>
        {work.minutesLabel}
      </label>
      <textarea
        {...{ id, value: text, maxLength: MOST }}
        class="field"
        rows={8}
        lang={view.language}
        aria-describedby={`${id}-help`}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={save}
      />
      <p class="meta" id={`${id}-help`}>
        {work.minutesHelp}
      </p>
    </Section>
  )
}
