/** Limits in force and the answers they led to. */
import type { RawCheckView } from '../../../../shared/api/views.ts'
import { standingOf } from '../../../../shared/severity.ts'
import { Given } from '../../components/given.tsx'
import { Mark } from '../../components/mark.tsx'
import { Section } from '../../components/page-frame.tsx'
import { format, t } from '../../state/session.ts'
import { limitText } from '../../text/limit-text.ts'

function Outcomes({ view }: { view: RawCheckView }) {
  const texts = t.value
  return (
    <Section id="outcomes" title={texts.rawOutcomes}>
      <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="outcomes">
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.rawRule}</th>
              <th scope="col">{texts.rawItem}</th>
              <th scope="col">{texts.rawState}</th>
            </tr>
          </thead>
          <tbody>
            {view.outcomes.map((outcome) => (
              <tr key={`${outcome.rule}|${outcome.item}`}>
                <th scope="row" class="mono">
                  {outcome.rule}
                </th>
                <td>
                  <Given text={outcome.item} />
                </td>
                <td>
                  {outcome.state !== 'not-applicable' && (
                    <Mark standing={standingOf(outcome.state, outcome.severity)} dash />
                  )}{' '}
                  {texts[`state_${outcome.state}`]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

export function Limits({ view }: { view: RawCheckView }) {
  const texts = t.value
  return (
    <>
      {view.outcomes.length > 0 && <Outcomes view={view} />}
      {view.limits.length > 0 && (
        <Section id="limits" title={texts.rawLimits}>
          <div class="panel scroll" tabIndex={0} role="group" aria-labelledby="limits">
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">{texts.rawLimit}</th>
                  <th scope="col" class="n">
                    {texts.rawValue}
                  </th>
                  <th scope="col">{texts.rawFrom}</th>
                  <th scope="col">{texts.rawReason}</th>
                </tr>
              </thead>
              <tbody>
                {view.limits.map((limit) => (
                  <tr key={limit.key}>
                    <th scope="row" class="mono">
                      {limit.key}
                    </th>
                    <td class="n" data-l={texts.rawValue}>
                      {limitText(limit, format.value, texts)}
                    </td>
                    <td data-l={texts.rawFrom}>{texts[`from_${limit.from}`]}</td>
                    <td>{limit.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      )}
    </>
  )
}
