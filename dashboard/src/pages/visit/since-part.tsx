/** 2: what changed since the last visit: worse and new first, then machines, disks and backups; solved and small changes are folded. */
import type { ComponentChildren } from 'preact'
import type { ChangeView, SinceView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Day, Nothing } from '../../components/fields.tsx'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { machinePath } from '../../router.ts'
import { t } from '../../state/session.ts'
import { visitTexts } from '../../state/visit-texts.ts'
import { changeText } from '../../text/visit-text.ts'
import type { OpenVisit } from './open-visit.ts'
import { readingMeta } from './reading-meta.ts'

type Machine = ChangeView['machine']

function MachineName({ machine, client }: { machine: Machine; client: string }) {
  const name = <Given text={machine.name} />
  return machine.slug === null ? name : <a href={machinePath(client, machine.slug)}>{name}</a>
}

type LineProps = { change: ChangeView; client: string; word: string; f: Formatter }

function ChangeLine({ change, client, word, f }: LineProps) {
  return (
    <li class="brief">
      <Mark standing={change.severity === null ? 'good' : change.standing} named />
      <span>
        <Said text={changeText(change, f)} />{' '}
        <span class="at">
          <MachineName machine={change.machine} client={client} /> · {word}
        </span>
      </span>
      <span class="age">
        <Day at={change.at} f={f} />
      </span>
    </li>
  )
}

function NoteLine({ children, at, f }: { children: ComponentChildren; at: number | null; f: Formatter }) {
  return (
    <li class="brief">
      <Mark standing="note" named />
      <span>{children}</span>
      <span class="age">{at !== null && <Day at={at} f={f} />}</span>
    </li>
  )
}

function Notes({ since, client, f }: { since: SinceView; client: string; f: Formatter }) {
  const { visits } = visitTexts.value
  return (
    <>
      {since.slipped.map((one) => (
        <NoteLine key={`${one.machine.id} ${one.rule} ${one.job} ${one.from}`} at={one.from} f={f}>
          <Said text={visits.slipped(one.job, f.date(one.from), one.to === null ? null : f.date(one.to))} />{' '}
          <span class="at">
            <MachineName machine={one.machine} client={client} />
          </span>
        </NoteLine>
      ))}
      {since.appeared.map((machine) => (
        <NoteLine key={`+${machine.id}`} at={null} f={f}>
          <Said text={visits.appeared(machine.name)} />
        </NoteLine>
      ))}
      {since.vanished.map((machine) => (
        <NoteLine key={`-${machine.id}`} at={null} f={f}>
          <Said text={visits.vanished(machine.name)} />
        </NoteLine>
      ))}
    </>
  )
}

/** What was solved, came and went, or only moved: counted, opened by a click. */
function Small({ since, client, f }: { since: SinceView; client: string; f: Formatter }) {
  const { visits } = visitTexts.value
  const parts = [
    since.solved.length > 0 ? visits.solvedCount(since.solved.length, f) : '',
    since.passing.length > 0 ? visits.passingCount(since.passing.length, f) : '',
    since.moved.length + since.better.length > 0 ? visits.smallCount(since.moved.length + since.better.length, f) : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return null
  const solved = (change: ChangeView): string => (change.provenAt === null ? visits.solvedGone : visits.solvedProven)
  return (
    <details class="group">
      <summary>
        <Mark standing="good" />
        <span>{parts.join(', ')}</span>
        <span class="open">{t.value.show}</span>
      </summary>
      <ul>
        {[...since.solved, ...since.passing].map((change) => (
          <ChangeLine
            key={`${change.machine.id} ${change.rule} ${change.item} ${change.at}`}
            {...{ change, client, f }}
            word={solved(change)}
          />
        ))}
        {since.better.map((change) => (
          <ChangeLine
            key={`${change.machine.id} ${change.rule} ${change.item} b`}
            {...{ change, client, f }}
            word={visits.better}
          />
        ))}
        {since.moved.map(({ machine, drive, counter, before, after }) => (
          <NoteLine key={`${machine.id} ${drive} ${counter}`} at={null} f={f}>
            <Said text={visits.moved(drive, counter, f.count(before), f.count(after))} />{' '}
            <span class="at">
              <MachineName machine={machine} client={client} />
            </span>
          </NoteLine>
        ))}
      </ul>
    </details>
  )
}

const isQuiet = ({ opened, worse, better, solved, passing, appeared, vanished, moved, slipped }: SinceView): boolean =>
  [opened, worse, better, solved, passing, appeared, vanished, moved, slipped].every((list) => list.length === 0)

export function SincePart({ open: { view, f } }: { open: OpenVisit }) {
  const { visits } = visitTexts.value
  const { since, client } = view
  const title = since.from === null ? visits.sinceFirst : visits.since(f.date(since.from))
  const meta = readingMeta(view.reading.since, since.from === null ? visits.sinceFirstMeta : '', visits, f)
  const lines = [
    ...since.worse.map((change) => [change, visits.worse] as const),
    ...since.opened.map((change) => [change, visits.new] as const),
  ]
  return (
    <Section id="since" title={title} meta={meta}>
      {isQuiet(since) && <Nothing>{visits.sinceNone}</Nothing>}
      <ul>
        {lines.map(([change, word]) => (
          <ChangeLine
            key={`${change.machine.id} ${change.rule} ${change.item} ${word}`}
            {...{ change, word, f }}
            client={client.slug}
          />
        ))}
        <Notes since={since} client={client.slug} f={f} />
      </ul>
      <Small since={since} client={client.slug} f={f} />
    </Section>
  )
}
