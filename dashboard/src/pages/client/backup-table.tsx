/** Backup truth table: one row per machine, worst first. No backup is red, unread is hatched, a number that nobody told is never zero. */
import type { BackupRowView, ClientView, WorkLostView } from '../../../../shared/api/client.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import { Age } from '../../components/age.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { clientPath, machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'

/** Working days from one day on, hours below, rounded to the nearest: as the visit report says it. */
function lostText(lost: WorkLostView, f: Formatter): string {
  const texts = clientTexts.value
  if (lost.kind !== 'work') return texts[`lost_${lost.kind}`]
  if (lost.ms >= lost.dayMs) return texts.lostDays(Math.round(lost.ms / lost.dayMs), f)
  return lost.ms < HOUR_MS ? texts.lostLessThanHour : texts.lostHours(Math.round(lost.ms / HOUR_MS), f)
}

function whereText({ media, offsite }: BackupRowView, f: Formatter): string {
  const texts = clientTexts.value
  const places = f.list([...new Set(media.map((kind) => texts[`place_${kind}`]))])
  if (offsite === null || places === '') return places
  return offsite ? texts.elsewhere(places) : texts.onsite(places)
}

function Tool({ row, f }: { row: BackupRowView; f: Formatter }) {
  const { kind } = row.known
  const tools = f.list(row.tools.map(makeVisible))
  if (kind === 'jobs') return <bdi dir="auto">{tools}</bdi>
  const word = clientTexts.value[`tool_${kind}`]
  if (kind === 'unread' || kind === 'no-job')
    return <span class="is-unknown">{tools === '' ? word : `${tools}: ${word}`}</span>
  return kind === 'no-data' ? <span class="soft">{word}</span> : <strong>{word}</strong>
}

const Untold = () => <span class="is-unknown">{clientTexts.value.notProven}</span>

function Flag({ value, hasJobs }: { value: boolean | null; hasJobs: boolean }) {
  const texts = clientTexts.value
  if (!hasJobs) return <>{texts.dash}</>
  return value === null ? <Untold /> : value ? texts.yes : texts.no
}

function Restore({ row, f }: { row: BackupRowView; f: Formatter }) {
  const texts = clientTexts.value
  const { restoreTest } = row
  if (restoreTest === null) return <span class="soft">{texts.never}</span>
  const date = f.date(restoreTest.at)
  return (
    <time dateTime={new Date(restoreTest.at).toISOString()} title={f.exact(restoreTest.at)}>
      {restoreTest.isUsable
        ? texts.restored(date, f.span(Math.max(MINUTE_MS, restoreTest.durationMs)))
        : texts.restoreFailed(date)}
    </time>
  )
}

const toneOfRow = ({ mark, known }: BackupRowView): string =>
  mark === 'urgent' ? 'bad' : mark === 'not-proven' || known.kind === 'unread' ? 'blind' : ''

function Row({ row, f }: { row: BackupRowView; f: Formatter }) {
  const texts = clientTexts.value
  const hasJobs = row.known.kind === 'jobs'
  const { machine, lastGoodAt, copies } = row
  const where = hasJobs ? whereText(row, f) : texts.dash
  return (
    <tr class={toneOfRow(row)}>
      <th scope="row">
        <Mark standing={row.mark ?? 'note'} named />{' '}
        <a class="plain" href={machinePath(machine.client.slug, machine.slug)}>
          <Given text={machine.name} />
        </a>
      </th>
      <td data-l={texts.col_tool}>
        <Tool row={row} f={f} />
      </td>
      <td class="n" data-l={texts.col_lastGood}>
        {lastGoodAt !== null ? <Age at={lastGoodAt} plain /> : hasJobs ? <Untold /> : texts.dash}
      </td>
      <td data-l={texts.col_lost}>{row.lost.kind === 'not-proven' ? <Untold /> : lostText(row.lost, f)}</td>
      <td class="n" data-l={texts.col_copies}>
        {copies !== null ? f.count(copies) : hasJobs ? <Untold /> : texts.dash}
      </td>
      <td class="wide" data-l={texts.col_where}>
        {where === '' ? texts.dash : where}
      </td>
      <td data-l={texts.col_encrypted}>
        <Flag value={row.encrypted} hasJobs={hasJobs} />
      </td>
      <td data-l={texts.col_restore}>
        <Restore row={row} f={f} />
      </td>
    </tr>
  )
}

function Head() {
  const texts = clientTexts.value
  const columns = [texts.col_tool, texts.col_lastGood, texts.col_lost, texts.col_copies, texts.col_where]
  const numbers = new Set([texts.col_lastGood, texts.col_copies])
  return (
    <thead>
      <tr>
        <th scope="col">{t.value.colMachine}</th>
        {[...columns, texts.col_encrypted, texts.col_restore].map((column) => (
          <th key={column} scope="col" class={numbers.has(column) ? 'n' : ''}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** @param most rows shown; null: all of them. */
export function BackupTable({ view, f, most }: { view: ClientView; f: Formatter; most: number | null }) {
  const texts = clientTexts.value
  const rows = most === null ? view.backup : view.backup.slice(0, most)
  const isCut = rows.length < view.backup.length
  const meta = isCut ? (
    <>
      {texts.shownOf(rows.length, view.backup.length, f)} ·{' '}
      <a href={clientPath(view.client.slug, 'backup')}>{texts.allRows(view.backup.length, f)}</a>
    </>
  ) : (
    texts.worstFirst
  )
  return (
    <Section id="bk" title={texts.backupTitle} meta={meta}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="bk">
        <table class="stack truth">
          <caption class="vh">{texts.backupTitle}</caption>
          <Head />
          <tbody>
            {rows.map((row) => (
              <Row key={row.machine.id} row={row} f={f} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
