/** Why a finding says so: facts → limits → outcome → alert → who was told. The same explanation that `server explain` prints. */
import type { ComponentChildren } from 'preact'
import type { ExplanationView, FindingView } from '../../../../shared/api/client.ts'
import type { RuleId, RuleSubject } from '../../../../shared/rules.ts'
import { standingOf } from '../../../../shared/severity.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { reasonText } from '../../../../shared/text/reason-catalogue.ts'
import { sayRule } from '../../../../shared/text/rule-catalogue.ts'
import { Given } from '../../components/given.tsx'
import { Said } from '../../components/said.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { clock, language, t } from '../../state/session.ts'
import { limitText } from '../../text/limit-text.ts'
import { Told } from './told.tsx'

type Props = { view: FindingView; explanation: ExplanationView; f: Formatter }

function Step({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <li>
      <h3>{title}</h3>
      {children}
    </li>
  )
}

function FactText({
  fact,
  subject,
  f,
}: {
  fact: ExplanationView['facts'][number]
  subject: RuleSubject
  f: Formatter
}) {
  const texts = clientTexts.value
  const { part, source, code, detail, collectedAt } = fact
  if (fact.state === 'never' || collectedAt === null) return <Said text={texts.factNever(part)} />
  const age = f.age(clock.value - collectedAt)
  if (code === null) return <Said text={texts.factRead(part, source ?? '', age)} />
  const { why } = reasonText({ subject, part, source, code, detail }, f)
  return <Said text={texts.factFailed(part, source ?? '', age, why)} />
}

function Limits({ explanation, f }: { explanation: ExplanationView; f: Formatter }) {
  const texts = clientTexts.value
  if (explanation.limits.length === 0) return <p class="soft">{texts.noLimits}</p>
  return (
    <ul>
      {explanation.limits.map(({ key, value, unit, from, setBy, reason }) => (
        <li key={key}>
          <span class="mono">
            {texts.limitIs(key, value === null ? texts.limitUnset : limitText({ value, unit }, f, t.value))}
          </span>
          <span class="meta">
            {from === 'default' ? (
              texts.limitDefault(reason)
            ) : (
              <Said text={texts.limitSet(t.value[`from_${from}`], setBy ?? '', reason)} />
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function outcomeText({ view, explanation, f }: Props): string {
  const texts = clientTexts.value
  const { state, severity, code, detail, source } = explanation.outcome
  if (state === 'fail') return texts.outcome_fail(t.value[`standing_${standingOf('fail', severity)}`].toLowerCase())
  if (state !== 'unknown') return texts[`outcome_${state}`]
  // A finding's subject is that of its rule; an unknown outcome always has a code.
  const why = reasonText(
    { subject: view.card.subject as RuleSubject, part: null, source, code: code ?? 'parse', detail },
    f,
  )
  return texts.outcome_unknown(why.why)
}

function alertText({ alert }: ExplanationView, f: Formatter): string {
  const texts = clientTexts.value
  const at = alert.at === null ? '' : f.exact(alert.at)
  switch (alert.why) {
    case 'passes':
    case 'not-applicable':
    case 'could-not-tell':
      return texts[`alert_${alert.why}`]
    case 'held-back':
      return texts['alert_held-back'](alert.by === null ? '' : sayRule(alert.by as RuleId, language.value).name)
    default:
      return texts[`alert_${alert.why}`](at)
  }
}

export function Explain({ view, explanation, f }: Props) {
  const texts = clientTexts.value
  const { facts, holdMs, clearMs } = explanation
  const subject = view.card.subject as RuleSubject
  return (
    <ol class="choose because">
      <Step title={texts.stepFacts}>
        {facts.length === 0 && <p class="soft">{texts.noFacts}</p>}
        <ul>
          {facts.map((fact) => (
            <li key={fact.part} class={fact.code === null ? '' : 'is-unknown'}>
              <FactText fact={fact} subject={subject} f={f} />
            </li>
          ))}
        </ul>
      </Step>
      <Step title={texts.stepLimits}>
        <Limits explanation={explanation} f={f} />
      </Step>
      <Step title={texts.stepOutcome}>
        <p>
          <Said text={outcomeText({ view, explanation, f })} /> <Given text={view.card.rule} />
        </p>
      </Step>
      <Step title={texts.stepAlert}>
        <p>{alertText(explanation, f)}</p>
        {holdMs !== null && clearMs !== null && (
          <p class="soft">
            {holdMs === 0 ? texts.toldAtOnce(f.span(clearMs)) : texts.holds(f.span(holdMs), f.span(clearMs))}
          </p>
        )}
      </Step>
      <Step title={texts.stepTold}>
        <Told told={view.told} f={f} />
      </Step>
    </ol>
  )
}
