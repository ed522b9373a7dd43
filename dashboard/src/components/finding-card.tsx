/** Finding card and brief: where, what happened, what was looked at, what to do (ui.md 4). */
import { useId } from 'preact/hooks'
import type { Card } from '../../../shared/api/card.ts'
import { clientPath, findingPath, machinePath } from '../router.ts'
import { clientTexts } from '../state/client-texts.ts'
import { clock, format, t } from '../state/session.ts'
import { cardText } from '../text/card-text.ts'
import { Age } from './age.tsx'
import { Given } from './given.tsx'
import { Badge, Mark } from './mark.tsx'
import { Said } from './said.tsx'

type Props = { card: Card; gone?: boolean; showMachine?: boolean }

function Where({ card, showMachine }: { card: Card; showMachine: boolean }) {
  const { machine } = card
  return (
    <p class="where">
      <Badge standing={card.standing} />
      {showMachine && (
        <>
          <a href={clientPath(machine.client.slug)}>
            <Given text={machine.client.name} />
          </a>
          <span aria-hidden="true">·</span>
          <a href={machinePath(machine.client.slug, machine.slug)}>
            <Given text={machine.name} />
          </a>
          <span aria-hidden="true">·</span>
        </>
      )}
      <span>{t.value[`subject_${card.subject}`]}</span>
      {card.item !== '' && (
        <>
          <span aria-hidden="true">·</span>
          <Given text={card.item} />
        </>
      )}
    </p>
  )
}

/** How it is known and since when; the rule's id for a search. */
function Ending({ card }: { card: Card }) {
  const texts = t.value
  const age = (at: number): string => format.value.age(clock.value - at)
  return (
    <span class="meta">
      {card.source !== null && card.collectedAt !== null && <>{texts.readAgo(card.source, age(card.collectedAt))} · </>}
      {card.openedAt !== null && <>{texts.openedAgo(age(card.openedAt))} · </>}
      {card.alert === 'pending' && <>{texts.alertPending} · </>}
      {card.alert === 'firing' && <>{texts.alertFiring} · </>}
      <span class="mono">{card.rule}</span>
    </span>
  )
}

export function FindingCard({ card, gone = false, showMachine = true }: Props) {
  const said = cardText(card)
  const texts = t.value
  // Not made of the item: a name with a space in it would be two ids.
  const heading = useId()
  return (
    <article class={gone ? 'finding gone' : 'finding'} aria-labelledby={heading}>
      <Mark standing={gone ? 'good' : card.standing} />
      <div>
        <Where card={card} showMachine={showMachine} />
        <h3 id={heading}>
          <Said text={said.title} />
        </h3>
        {gone && <p class="meta">{texts.solvedHere}</p>}
        <dl class="say">
          <div>
            <dt>{texts.looked}</dt>
            <dd>
              <Said text={said.looked} />
            </dd>
          </div>
          <div class="do">
            <dt>{texts.todo}</dt>
            <dd>
              <Said text={said.todo} />
            </dd>
          </div>
        </dl>
        <div class="end">
          {card.number !== null && (
            <a class="btn" href={findingPath(card.machine.client.slug, card.number)}>
              {clientTexts.value.seeFinding}
            </a>
          )}
          {showMachine && (
            <a
              class={card.number === null ? 'btn' : 'btn bare'}
              href={machinePath(card.machine.client.slug, card.machine.slug)}
            >
              {texts.seeFacts}
            </a>
          )}
          <Ending card={card} />
        </div>
      </div>
    </article>
  )
}

/** One line for everything that can wait. */
export function Brief({ card, gone = false, showMachine = true }: Props) {
  const said = cardText(card)
  const since = card.changedAt ?? card.openedAt
  return (
    <li class={gone ? 'brief gone' : 'brief'}>
      <Mark standing={gone ? 'good' : card.standing} named />
      <span>
        <Said text={said.title} />{' '}
        <span class="at">
          {card.values === null && card.item !== '' && (
            <>
              <Given text={card.item} />{' '}
            </>
          )}
          {showMachine && (
            <a href={machinePath(card.machine.client.slug, card.machine.slug)}>
              <Given text={card.machine.name} />
            </a>
          )}
          {gone && ` · ${t.value.solvedHere}`}
        </span>
      </span>
      <span class="age">
        {since !== null ? <Age at={since} plain /> : showMachine && t.value[`subject_${card.subject}`]}
      </span>
    </li>
  )
}
