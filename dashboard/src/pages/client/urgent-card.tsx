/** What cannot wait at a client, with its two texts side by side: terms for the technician, business words for the manager. */
import { useId } from 'preact/hooks'
import type { Card } from '../../../../shared/api/card.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Given } from '../../components/given.tsx'
import { Badge, Mark } from '../../components/mark.tsx'
import { Said } from '../../components/said.tsx'
import { findingPath, machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { clock, t } from '../../state/session.ts'
import { cardText } from '../../text/card-text.ts'

function Where({ card }: { card: Card }) {
  const { machine } = card
  const place = [machine.site, card.item].filter((part) => part !== '')
  return (
    <p class="where">
      <Badge standing={card.standing} />
      <a href={machinePath(machine.client.slug, machine.slug)}>
        <Given text={machine.name} />
      </a>
      <span aria-hidden="true">·</span>
      <span>{t.value[`subject_${card.subject}`]}</span>
      {place.map((part) => (
        <span key={part}>
          · <Given text={part} />
        </span>
      ))}
    </p>
  )
}

function Actions({ card, f }: { card: Card; f: Formatter }) {
  const texts = t.value
  const { machine, number } = card
  const age = (at: number): string => f.age(clock.value - at)
  return (
    <div class="end">
      {number !== null && (
        <a class="btn" href={findingPath(machine.client.slug, number)}>
          {clientTexts.value.seeFinding}
        </a>
      )}
      <a class={number === null ? 'btn' : 'btn bare'} href={machinePath(machine.client.slug, machine.slug)}>
        {texts.seeFacts}
      </a>
      <span class="meta">
        {card.openedAt !== null && <>{texts.openedAgo(age(card.openedAt))} · </>}
        {card.alert === 'pending' && <>{texts.alertPending} · </>}
        {card.alert === 'firing' && <>{texts.alertFiring} · </>}
        <span class="mono">{card.rule}</span>
      </span>
    </div>
  )
}

export function UrgentCard({ card, gone, f }: { card: Card; gone: boolean; f: Formatter }) {
  const said = cardText(card)
  const texts = clientTexts.value
  const heading = useId()
  return (
    <article class={gone ? 'finding gone' : 'finding'} aria-labelledby={heading}>
      <Mark standing={gone ? 'good' : card.standing} />
      <div>
        <Where card={card} />
        <h3 id={heading}>
          <Said text={said.title} />
        </h3>
        {gone && <p class="meta">{t.value.solvedHere}</p>}
        <div class="two">
          <div>
            <h4>{texts.technician}</h4>
            <p>
              <Said text={said.todo} />
            </p>
          </div>
          {said.manager !== '' && (
            <div>
              <h4>{texts.manager}</h4>
              <p>
                <Said text={said.manager} />
              </p>
            </div>
          )}
        </div>
        <dl class="say">
          <div>
            <dt>{t.value.looked}</dt>
            <dd>
              <Said text={said.looked} />
              {card.source !== null && card.collectedAt !== null && (
                <> {t.value.readAgo(card.source, f.age(clock.value - card.collectedAt))}.</>
              )}
            </dd>
          </div>
        </dl>
        <Actions card={card} f={f} />
      </div>
    </article>
  )
}
