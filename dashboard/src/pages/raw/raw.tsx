/** Raw values of one check: every sample with its history, the section as it came, limits in force and where each was set. */
import { useState } from 'preact/hooks'
import type { RawCheckView } from '../../../../shared/api/views.ts'
import type { CheckName } from '../../../../shared/checks/names.ts'
import { Age } from '../../components/age.tsx'
import { Given, makeVisible } from '../../components/given.tsx'
import { Absent, Section, useTitle, Waiting } from '../../components/page-frame.tsx'
import { machinePath } from '../../router.ts'
import { format, t } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'
import { Raw } from '../machine/sent.tsx'
import { Chart } from './chart.tsx'
import { Limits } from './limits.tsx'

type Props = { client: string; machine: string; check: string }
const CHECKS: readonly string[] = [
  'antivirus',
  'backup',
  'disk',
  'patch',
  'posture',
  'system',
] satisfies readonly CheckName[]

export function RawPage(props: Props) {
  return CHECKS.includes(props.check) ? <RawOf {...props} /> : <Absent />
}

function RawOf({ client, machine, check }: Props) {
  const base = `/api/v1/clients/${encodeURIComponent(client)}/machines/${encodeURIComponent(machine)}`
  const { view, failure, slow } = useView<RawCheckView>(`${base}/checks/${check}`)
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <RawBody view={view} base={base} />
}

function Samples({ view, base }: { view: RawCheckView; base: string }) {
  const texts = t.value
  const [key, setKey] = useState<string | null>(view.samples[0]?.key ?? null)
  return (
    <Section id="samples" title={texts.rawSamples}>
      {key !== null && <Chart base={base} check={view.check} sample={key} />}
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="samples">
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.rawKey}</th>
              <th scope="col" class="n">
                {texts.rawValue}
              </th>
              <th scope="col" class="n">
                {texts.rawAt}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.samples.map((sample) => (
              <tr key={sample.key}>
                <th scope="row">
                  <button
                    class="btn bare"
                    type="button"
                    aria-pressed={sample.key === key}
                    onClick={() => setKey(sample.key)}
                  >
                    <Given text={sample.key} />
                  </button>
                </th>
                <td class="n">
                  {sample.value === null ? (
                    <span class="is-unknown">{texts.rawFailed}</span>
                  ) : (
                    format.value.count(sample.value)
                  )}
                </td>
                <td class="n">
                  <Age at={sample.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function RawBody({ view, base }: { view: RawCheckView; base: string }) {
  const texts = t.value
  const subject = texts[`subject_${view.check}`]
  useTitle(`${subject} · ${view.machine.name}`)
  return (
    <>
      <header class="head">
        <nav aria-label={texts.crumbs}>
          <ol class="crumbs">
            <li>
              <a href={machinePath(view.machine.client.slug, view.machine.slug)}>
                <Given text={view.machine.name} />
              </a>
            </li>
            <li aria-current="page">{subject}</li>
          </ol>
        </nav>
        <h1>{texts.rawTitle(subject, makeVisible(view.machine.name))}</h1>
      </header>
      {view.samples.length > 0 && <Samples view={view} base={base} />}
      {view.body !== null && (
        <Section id="section" title={texts.rawSection}>
          <Raw label={texts.rawSection} body={view.body} />
        </Section>
      )}
      <Limits view={view} />
      {view.versions.length > 1 && (
        <Section id="versions" title={texts.rawVersions}>
          {view.versions.slice(1).map((version) => (
            <details key={version.at} class="chk">
              <summary>
                <Age at={version.at} />
              </summary>
              <Raw label={texts.rawVersions} body={version.body} />
            </details>
          ))}
        </Section>
      )}
    </>
  )
}
