/** One rule over many machines is one line, opened to the machines; a single one is a brief. */
import type { Card } from '../../../../shared/api/card.ts'
import type { ClientView, GroupView } from '../../../../shared/api/client.ts'
import type { RuleId } from '../../../../shared/rules.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { sayRule } from '../../../../shared/text/rule-catalogue.ts'
import { Age } from '../../components/age.tsx'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { clientPath, findingPath, machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { language, t } from '../../state/session.ts'
import { cardText } from '../../text/card-text.ts'
import { cardKey } from '../../text/held-cards.ts'

const GROUPS_SHOWN = 12

function Since({ card }: { card: Card }) {
  const since = card.changedAt ?? card.openedAt
  return since === null ? t.value[`subject_${card.subject}`] : <Age at={since} plain />
}

/** Sentence, machine, and where the finding is explained. */
export function Line({ card, f }: { card: Card; f: Formatter }) {
  const { machine, acceptance } = card
  return (
    <li class="brief">
      <Mark standing={card.standing} named />
      <span>
        {card.number === null ? (
          <Said text={cardText(card).title} />
        ) : (
          <a class="plain" href={findingPath(machine.client.slug, card.number)}>
            <Said text={cardText(card).title} />
          </a>
        )}{' '}
        <span class="at">
          <a href={machinePath(machine.client.slug, machine.slug)}>
            <Given text={machine.name} />
          </a>
          {acceptance !== null && ` · ${clientTexts.value.acceptedBy(acceptance.by, f.date(acceptance.until))}`}
        </span>
      </span>
      <span class="age">
        <Since card={card} />
      </span>
    </li>
  )
}

function Member({ card }: { card: Card }) {
  const { machine } = card
  return (
    <li>
      <a href={machinePath(machine.client.slug, machine.slug)}>
        <Given text={machine.name} />
      </a>
      <span class="soft">
        {card.number === null ? (
          <Said text={cardText(card).looked} />
        ) : (
          <a class="plain" href={findingPath(machine.client.slug, card.number)}>
            <Said text={cardText(card).title} />
          </a>
        )}
      </span>
      <span class="meta">
        <Since card={card} />
      </span>
    </li>
  )
}

/** One group, or the one thing that is in it. */
export function Group({ group, f }: { group: GroupView; f: Formatter }) {
  const texts = clientTexts.value
  const [only] = group.cards
  if (group.count === 1 && only !== undefined) {
    return (
      <ul>
        <Line card={only} f={f} />
      </ul>
    )
  }
  // The rule ids of the API are those of the catalogue.
  const said = sayRule(group.rule as RuleId, language.value)
  const title = group.standing === 'not-proven' ? said.blind : said.name
  const count = group.machines === 1 ? texts.timesOn(group.count, f) : texts.machinesCount(group.machines, f)
  return (
    <details class="group">
      <summary>
        <Mark standing={group.standing} named />
        <span>
          {title} <span class="at">{said.impact}</span> <span class="open">{count}</span>
        </span>
        <span class="age">{group.since !== null && <Age at={group.since} plain />}</span>
      </summary>
      <div class="in">
        <ul>
          {group.cards.map((card) => (
            <Member key={cardKey(card)} card={card} />
          ))}
        </ul>
      </div>
    </details>
  )
}

/** Everything at a client that is not urgent. */
export function Groups({ view, f }: { view: ClientView; f: Formatter }) {
  const texts = clientTexts.value
  const countOf = (...standings: readonly string[]): number =>
    view.others.reduce((sum, { standing, count }) => sum + (standings.includes(standing) ? count : 0), 0)
  const shown = view.others.slice(0, GROUPS_SHOWN)
  const more = view.others.length - shown.length
  const to = clientPath(view.client.slug, 'findings')
  const meta = (
    <>
      {texts.othersMeta(countOf('attention', 'not-proven'), countOf('accepted'), countOf('note'), f)} ·{' '}
      <a href={to}>{texts.allFindings}</a>
    </>
  )
  return (
    <Section id="fi" title={texts.others} meta={meta}>
      {shown.length === 0 && (
        <div class="empty">
          <strong>{texts.othersNone}</strong>
          {texts.othersNoneText}
        </div>
      )}
      {shown.map((group) => (
        <Group key={`${group.standing}|${group.rule}`} group={group} f={f} />
      ))}
      {more > 0 && (
        <p class="more">
          <a href={to}>{t.value.moreCards(more, f)}</a>
        </p>
      )}
    </Section>
  )
}
