/** New, worse and solved since the last visit; where none was sent, over the last 30 days, and it says so. */
import { useState } from 'preact/hooks'
import type { ClientView } from '../../../../shared/api/client.ts'
import type { ChangeView } from '../../../../shared/api/visits.ts'
import type { RuleId, RuleValues } from '../../../../shared/rules.ts'
import { standingOf } from '../../../../shared/severity.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { sayFinding } from '../../../../shared/text/rule-catalogue.ts'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'

type Kind = 'opened' | 'worse' | 'solved'
const SHOWN = 5

/** What is to be said of the moment: found, was less, seen to be right or only no longer found. */
function momentOf(change: ChangeView, kind: Kind, f: Formatter): string {
  const texts = clientTexts.value
  const date = f.date(change.at)
  if (kind === 'solved') return change.provenAt === null ? texts.goneSince(date) : texts.provenSince(date)
  if (kind === 'opened' || change.before === null) return date
  return texts.wasBefore(t.value[`standing_${standingOf('fail', change.before)}`].toLowerCase(), date)
}

function Change({ change, kind, slug, f }: { change: ChangeView; kind: Kind; slug: string; f: Formatter }) {
  // The rule ids of the API are those of the catalogue.
  const rule = change.rule as RuleId
  const { title } = sayFinding(rule, change.values as RuleValues[RuleId], f, kind === 'solved' ? change.at : f.now)
  const { machine } = change
  return (
    <li>
      <Mark standing={change.standing} named />{' '}
      {machine.slug === null ? (
        <Given text={machine.name} />
      ) : (
        <a href={machinePath(slug, machine.slug)}>
          <Given text={machine.name} />
        </a>
      )}{' '}
      <Said text={title} />
      <span class="meta">
        <time dateTime={new Date(change.at).toISOString()} title={f.exact(change.at)}>
          {momentOf(change, kind, f)}
        </time>
      </span>
    </li>
  )
}

type ListProps = { changes: readonly ChangeView[]; kind: Kind; title: string; slug: string; f: Formatter }

function ChangeList({ changes, kind, title, slug, f }: ListProps) {
  const texts = clientTexts.value
  const [all, setAll] = useState(false)
  const shown = all ? changes : changes.slice(0, SHOWN)
  const more = changes.length - shown.length
  return (
    <div>
      <h3>
        <span>{title}</span>
        <span class="n">{f.count(changes.length)}</span>
      </h3>
      {changes.length === 0 && <p class="meta nothing">{texts.changeNothing}</p>}
      <ul>
        {shown.map((change) => (
          <Change
            key={`${change.machine.id}|${change.rule}|${change.item}|${change.at}`}
            {...{ change, kind, slug, f }}
          />
        ))}
      </ul>
      {more > 0 && (
        <button class="btn bare" type="button" onClick={() => setAll(true)}>
          {texts.changeMore(more, f)}
        </button>
      )}
    </div>
  )
}

export function Changes({ view, f }: { view: ClientView; f: Formatter }) {
  const { changes, client, now } = view
  const texts = clientTexts.value
  const isVisit = changes.basis === 'visit'
  const meta = isVisit ? texts.sinceMeta(f.date(changes.from), f.span(now - changes.from)) : texts.sinceDaysMeta
  const common = { slug: client.slug, f }
  return (
    <Section id="since" title={isVisit ? texts.sinceVisit : texts.sinceDays} meta={meta}>
      <div class="delta three">
        <ChangeList changes={changes.opened} kind="opened" title={texts.changeNew} {...common} />
        <ChangeList changes={changes.worse} kind="worse" title={texts.changeWorse} {...common} />
        <ChangeList changes={changes.solved} kind="solved" title={texts.changeSolved} {...common} />
      </div>
    </Section>
  )
}
