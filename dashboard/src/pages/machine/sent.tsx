/** What this agent sent: everything, and nothing else, as it came. */
import type { MachineView } from '../../../../shared/api/views.ts'
import { Age } from '../../components/age.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { clock, format, t } from '../../state/session.ts'

/** JSON as text, indented for reading; what is no JSON stays as it came. Pure. */
function pretty(body: string): string {
  try {
    return makeVisible(JSON.stringify(JSON.parse(body), null, 2)).replaceAll('⟨000A⟩', '\n')
  } catch {
    return makeVisible(body)
  }
}

export function Raw({ label, body }: { label: string; body: string }) {
  return (
    <pre tabIndex={0} role="group" aria-label={label}>
      {pretty(body)}
    </pre>
  )
}

export function Sent({ view }: { view: MachineView }) {
  const texts = t.value
  const f = format.value
  const { sent } = view
  const size = (bytes: number): string => (bytes < 10_000 ? texts.bytesCount(f.count(bytes)) : f.bytes(bytes))
  return (
    <Section id="sent" title={texts.sent} meta={texts.sentMeta}>
      <dl class="kv">
        {sent.lastBytes !== null && view.lastReportAt !== null && (
          <div>
            <dt>{texts.sentLast}</dt>{' '}
            <dd>{texts.sentLastText(size(sent.lastBytes), f.age(clock.value - view.lastReportAt))}</dd>
          </div>
        )}
        <div>
          <dt>{texts.sentToday}</dt> <dd>{size(sent.todayBytes)}</dd>
        </div>
        {sent.build !== null && (
          <div>
            <dt>{texts.sentAgent}</dt> <dd>{makeVisible(sent.build)}</dd>
          </div>
        )}
        <div>
          <dt>{texts.sentKey}</dt> <dd class="mono">{sent.fingerprint}</dd>
        </div>
      </dl>
      {sent.record !== null && <Raw label={texts.sentRecord} body={sent.record} />}
      {sent.sections.map((section) => (
        <details key={section.check} class="chk">
          <summary>
            {texts.sentSection(texts[`subject_${section.check}`])}
            <span class="meta">
              <Age at={section.at} />
            </span>
          </summary>
          <Raw label={texts.sentSection(texts[`subject_${section.check}`])} body={section.body} />
        </details>
      ))}
      <p class="meta">{texts.sentFoot}</p>
    </Section>
  )
}
