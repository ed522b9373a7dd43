/** Findings of a client: open in groups, accepted with name and date, solved lately. A check in the address narrows them. */
import type { ClientFindingsView } from '../../../../shared/api/client.ts'
import type { RuleId, RuleValues } from '../../../../shared/rules.ts'
import { subjectOf } from '../../../../shared/rules.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { sayFinding } from '../../../../shared/text/rule-catalogue.ts'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { Said } from '../../components/said.tsx'
import { ask, asked, findingPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'
import { formatIn } from '../../state/visit-texts.ts'
import { cardKey } from '../../text/held-cards.ts'
import { ClientCrumbs, ClientTabs } from './client.tsx'
import { Group, Line } from './groups.tsx'

const CHECKS = ['backup', 'disk', 'patch', 'antivirus', 'posture', 'system', 'agent'] as const

function CheckFilter() {
  const texts = t.value
  const now = asked('check')
  return (
    <nav class="acts filters" aria-label={texts.colStanding}>
      {(['', ...CHECKS] as const).map((check) => (
        <button key={check} class="btn" type="button" aria-pressed={now === check} onClick={() => ask({ check })}>
          {check === '' ? clientTexts.value.filterAll : texts[`subject_${check}`]}
        </button>
      ))}
    </nav>
  )
}

type Solved = ClientFindingsView['solved'][number]

function SolvedLine({ row, slug, f }: { row: Solved; slug: string; f: Formatter }) {
  // The rule ids of the API are those of the catalogue.
  const { title } = sayFinding(row.rule as RuleId, row.values as RuleValues[RuleId], f, row.resolvedAt ?? f.now)
  return (
    <li class="brief">
      <Mark standing="good" named />
      <span>
        <a class="plain" href={findingPath(slug, row.number)}>
          <Said text={title} />
        </a>{' '}
        <span class="at">
          <Given text={row.machine.name} />
        </span>
      </span>
      <span class="age">
        <time dateTime={new Date(row.resolvedAt).toISOString()} title={f.exact(row.resolvedAt)}>
          {f.date(row.resolvedAt)}
        </time>
      </span>
    </li>
  )
}

export function ClientFindings({ client }: { client: string }) {
  const { view, failure, slow } = useView<ClientFindingsView>(`/api/v1/clients/${encodeURIComponent(client)}/findings`)
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <Findings view={view} />
}

function Findings({ view }: { view: ClientFindingsView }) {
  const texts = clientTexts.value
  const f = formatIn(view.timeZone)
  const check = asked('check')
  const fits = (rule: string): boolean => check === '' || subjectOf(rule as RuleId) === check
  const open = view.open.filter(({ rule }) => fits(rule))
  const accepted = view.accepted.filter(({ rule }) => fits(rule))
  const solved = view.solved.filter(({ rule }) => fits(rule))
  const title = texts.findingsSays(
    open.reduce((sum, { count }) => sum + count, 0),
    f,
  )
  useTitle(`${title} · ${view.client.name}`)
  return (
    <>
      <header class="head">
        <ClientCrumbs client={view.client} more={texts.tab_findings} />
        <h1>{title}</h1>
      </header>
      <ClientTabs client={view.client} tab="findings" />
      <CheckFilter />
      <Section id="open" title={texts.openFindings} meta={texts.worstFirst}>
        {open.length === 0 && (
          <div class="empty">
            <strong>{texts.noneOpen}</strong>
            {texts.noneOpenText}
          </div>
        )}
        {open.map((group) => (
          <Group key={`${group.standing}|${group.rule}`} group={group} f={f} />
        ))}
      </Section>
      <Section id="accepted" title={texts.acceptedFindings}>
        {accepted.length === 0 && <p class="soft">{texts.noneAccepted}</p>}
        <ul>
          {accepted.map((card) => (
            <Line key={cardKey(card)} card={card} f={f} />
          ))}
        </ul>
      </Section>
      <Section id="solved" title={texts.solvedFindings} meta={texts.solvedMeta}>
        {solved.length === 0 && <p class="soft">{texts.noneSolved}</p>}
        <ul>
          {solved.map((row) => (
            <SolvedLine key={row.number} row={row} slug={view.client.slug} f={f} />
          ))}
        </ul>
      </Section>
    </>
  )
}
