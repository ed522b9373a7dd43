/** Fact row: name · value in words · source and age. What could not be told says why and how to mend it. */
import type { FactRow } from '../../../shared/api/views.ts'
import type { RuleSubject } from '../../../shared/rules.ts'
import { clock, format, t } from '../state/session.ts'
import { blindText, factName, factValue } from '../text/fact-text.ts'
import { Age } from './age.tsx'
import { Given } from './given.tsx'
import { toneOf } from './mark.tsx'
import { Said } from './said.tsx'

function Value({ fact, check }: { fact: FactRow; check: RuleSubject }) {
  const texts = t.value
  if (fact.state === 'never') return <span class="is-unknown">{texts.neverReadText}</span>
  if (fact.state === 'failed') {
    const said = blindText(fact, check)
    return (
      <>
        <span class="is-unknown">
          <Said text={said.sentence} />
        </span>{' '}
        <Said text={said.fix} />
      </>
    )
  }
  const words = <Said text={factValue(fact, format.value)} />
  const bad = fact.standing === 'urgent' || fact.standing === 'attention'
  return (
    <>
      {bad && fact.standing !== null ? <strong class={`is-${toneOf(fact.standing)}`}>{words}</strong> : words}
      {fact.state === 'stale' && fact.collectedAt !== null && (
        <>
          {' '}
          <span class="is-unknown">{texts.staleText(format.value.age(clock.value - fact.collectedAt))}</span>
        </>
      )}
    </>
  )
}

export function FactLine({ fact, check }: { fact: FactRow; check: RuleSubject }) {
  const known = fact.state === 'value'
  const name = factName(fact)
  return (
    <div class={known ? 'fact' : 'fact gap'}>
      <dt>{name === null ? <Given text={fact.item} /> : <Said text={name} />}</dt>
      <dd>
        <Value fact={fact} check={check} />
      </dd>
      <dd class={known ? 'src' : 'src old'}>
        {fact.source !== null && <>{fact.source}, </>}
        {fact.collectedAt === null ? t.value.neverRead : <Age at={fact.collectedAt} />}
      </dd>
    </div>
  )
}
