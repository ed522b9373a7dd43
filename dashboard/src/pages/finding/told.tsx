/** Messages that told of a finding: to whom, when, and whether they arrived. */
import type { FindingView } from '../../../../shared/api/client.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { makeVisible } from '../../components/given.tsx'
import { clientTexts } from '../../state/client-texts.ts'

export function Told({ told, f }: { told: FindingView['told']; f: Formatter }) {
  const texts = clientTexts.value
  if (told === null) return <p class="soft">{texts.toldNotYours}</p>
  if (told.length === 0) return <p class="soft">{texts.toldNobody}</p>
  return (
    <ul>
      {told.map(({ channel, recipient, kind, state, createdAt, endedAt }) => {
        const at = endedAt ?? createdAt
        const [what, name, how] = [texts[`told_${kind}`], makeVisible(channel), texts[`sent_${state}`]]
        return (
          <li key={`${createdAt}|${channel}|${recipient}|${kind}`}>
            {recipient === ''
              ? texts.toldLineOne(what, name, how)
              : texts.toldLine(what, makeVisible(recipient), name, how)}{' '}
            <span class="meta">
              <time dateTime={new Date(at).toISOString()} title={f.exact(at)}>
                {f.moment(at)}
              </time>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
