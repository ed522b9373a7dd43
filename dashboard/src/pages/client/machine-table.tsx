/** Machines of a client, what needs doing first: disks in words, room, oldest update, protection, end of support. */
import type { ClientView, MachineRowView } from '../../../../shared/api/client.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { DAY_MS } from '../../../../shared/units.ts'
import { Age } from '../../components/age.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { clientPath, machinePath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'

/** Half a year: the visit of the next season can still act. */
const SUPPORT_SOON_MS = 183 * DAY_MS

function Word({ word, tone }: { word: string; tone: 'critical' | 'warning' | 'unknown' | null }) {
  if (tone === null) return <>{word}</>
  return tone === 'critical' ? <strong class="is-critical">{word}</strong> : <span class={`is-${tone}`}>{word}</span>
}

const DISK_TONES = {
  'replace-now': 'critical',
  'replace-soon': 'warning',
  watch: null,
  healthy: null,
  'not-proven': 'unknown',
} as const
const PROTECTION_TONES = { active: null, weak: 'warning', 'none-seen': null, 'not-proven': 'unknown' } as const

function FullIn({ row, f }: { row: MachineRowView; f: Formatter }) {
  const texts = clientTexts.value
  const { fullIn } = row
  if (fullIn.kind === 'days') return <span title={makeVisible(fullIn.volume)}>{f.span(fullIn.days * DAY_MS)}</span>
  return fullIn.kind === 'not-filling' ? texts.notFilling : <Word word={texts.notProven} tone="unknown" />
}

function Patch({ row }: { row: MachineRowView }) {
  const texts = clientTexts.value
  const { patch } = row
  if (patch.kind === 'oldest') return <Age at={patch.since} plain />
  return patch.kind === 'none' ? texts.noUpdates : <Word word={texts.notProven} tone="unknown" />
}

function Support({ row, now, f }: { row: MachineRowView; now: number; f: Formatter }) {
  const texts = clientTexts.value
  const until = row.supportUntil
  if (until === null) return <Word word={texts.notProven} tone="unknown" />
  if (until === 'never') return <>{texts.supportNever}</>
  const word = until < now ? texts.supportEnded(f.date(until)) : f.date(until)
  return <Word word={word} tone={until - now < SUPPORT_SOON_MS ? 'warning' : null} />
}

function Row({ row, now, f }: { row: MachineRowView; now: number; f: Formatter }) {
  const texts = clientTexts.value
  const { machine, disk, protection } = row
  const who = [row.place, row.person].filter((part) => part !== '').map(makeVisible)
  return (
    <tr class={row.standing === 'not-proven' ? 'blind' : ''}>
      <th scope="row">
        <Mark standing={row.standing} named />{' '}
        <a class="plain" href={machinePath(machine.client.slug, machine.slug)}>
          <Given text={machine.name} />
        </a>
        <span class="meta">
          {t.value[`role_${machine.role}`]}
          {row.os !== null && (
            <>
              {' · '}
              <Given text={row.os} />
            </>
          )}
          {row.isAway && ` · ${texts.awayAsUsual}`}
          {!row.connected && row.lastReportAt !== null && (
            <>
              {' · '}
              <Age at={row.lastReportAt} />
            </>
          )}
        </span>
      </th>
      <td data-l={texts.col_disk}>
        <Word word={texts[`disk_${disk}`]} tone={DISK_TONES[disk]} />
      </td>
      <td data-l={texts.col_fullIn}>
        <FullIn row={row} f={f} />
      </td>
      <td class="n" data-l={texts.col_patch}>
        <Patch row={row} />
      </td>
      <td data-l={texts.col_antivirus}>
        <Word word={texts[`protection_${protection}`]} tone={PROTECTION_TONES[protection]} />
      </td>
      <td data-l={texts.col_support}>
        <Support row={row} now={now} f={f} />
      </td>
      <td class={who.length === 0 ? 'drop soft' : 'soft'} data-l={texts.col_person}>
        {who.length === 0 ? texts.dash : <bdi dir="auto">{who.join(', ')}</bdi>}
      </td>
    </tr>
  )
}

function Head() {
  const texts = clientTexts.value
  return (
    <thead>
      <tr>
        <th scope="col">{t.value.colMachine}</th>
        <th scope="col">{texts.col_disk}</th>
        <th scope="col">{texts.col_fullIn}</th>
        <th scope="col" class="n">
          {texts.col_patch}
        </th>
        <th scope="col">{texts.col_antivirus}</th>
        <th scope="col">{texts.col_support}</th>
        <th scope="col">{texts.col_person}</th>
      </tr>
    </thead>
  )
}

/** @param most rows shown; null: all of them. */
export function MachineTable({ view, f, most }: { view: ClientView; f: Formatter; most: number | null }) {
  const texts = clientTexts.value
  const rows = most === null ? view.table : view.table.slice(0, most)
  const meta =
    rows.length < view.table.length ? (
      <>
        {texts.shownOf(rows.length, view.table.length, f)} ·{' '}
        <a href={clientPath(view.client.slug, 'machines')}>{texts.allRows(view.table.length, f)}</a>
      </>
    ) : (
      texts.worstFirst
    )
  return (
    <Section id="mc" title={t.value.navMachines} meta={meta}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="mc">
        <table class="stack truth">
          <caption class="vh">{t.value.navMachines}</caption>
          <Head />
          <tbody>
            {rows.map((row) => (
              <Row key={row.machine.id} row={row} now={view.now} f={f} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
