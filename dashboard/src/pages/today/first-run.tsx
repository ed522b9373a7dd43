/** A brand-new installation: this machine's real findings, the rest folded, then how to add the next machine. */
import type { ComponentChildren } from 'preact'
import type { Card } from '../../../../shared/api/card.ts'
import type { TodayView } from '../../../../shared/api/views.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Age } from '../../components/age.tsx'
import { Brief, FindingCard } from '../../components/finding-card.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { machinePath } from '../../router.ts'
import { clock, format, t } from '../../state/session.ts'
import type { Held } from '../../state/use-held.ts'
import { cardText } from '../../text/card-text.ts'
import { AddMachine } from './add-machine.tsx'
import { FirstRail } from './first-rail.tsx'
import { firstSentence } from './sentence.ts'

/** How many findings are cards; the rest are briefs. */
const CARDS = 4

function Found({ rows, view, f }: { rows: readonly Held<Card>[]; view: TodayView; f: Formatter }) {
  const texts = t.value
  const cards = rows.filter((held) => held.section !== 'notes')
  const briefs = [...cards.slice(CARDS), ...rows.filter((held) => held.section === 'notes')]
  const machine = view.rows[0]?.only ?? null
  const answers = view.good + rows.length + view.weekMore + view.urgentMore
  return (
    <Section id="found" title={texts.firstFound} meta={texts.firstFoundMeta(6, answers, f)}>
      {cards.length > 0 && (
        <div class="panel">
          {cards.slice(0, CARDS).map(({ key, row, gone }) => (
            <FindingCard key={key} card={row} gone={gone} />
          ))}
        </div>
      )}
      {briefs.length > 0 && (
        <ul class="briefs">
          {briefs.map(({ key, row, gone }) => (
            <Brief key={key} card={row} gone={gone} />
          ))}
        </ul>
      )}
      {machine !== null && (
        <p class="more">
          <a href={machinePath(machine.client.slug, machine.slug)}>{texts.goodFacts(view.good, f)}</a>
        </p>
      )}
    </Section>
  )
}

export function FirstRun({
  view,
  rows,
  pill,
}: {
  view: TodayView
  rows: readonly Held<Card>[]
  pill: ComponentChildren
}) {
  const texts = t.value
  const f = format.value
  return (
    <>
      <header class="head">
        {view.firstReportAt !== null && (
          <p class="meta">
            <span class="vh">
              <Age at={view.firstReportAt} />
            </span>
            {texts.firstRunning(f.age(clock.value - view.firstReportAt))}
          </p>
        )}
        <h1>
          <Said text={firstSentence(view, texts, (card) => cardText(card).title)} />
        </h1>
        <p class="under">{view.heard === 0 ? texts.todayNothingYetUnder : texts.firstUnder}</p>
      </header>
      {pill}
      <div class="cols">
        <div>
          {view.heard > 0 && <Found rows={rows} view={view} f={f} />}
          <AddMachine client={view.rows[0] ?? null} />
        </div>
        <FirstRail client={view.rows[0] ?? null} />
      </div>
    </>
  )
}
