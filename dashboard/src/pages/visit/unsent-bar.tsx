/** What was done here and the server does not have: waiting for it, overtaken by somebody else, or refused. Floats, so nothing moves. */

import { makeVisible } from '../../components/given.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import type { Deed } from './deed.ts'
import type { QueuedDeed } from './deed-queue.ts'
import type { OpenVisit } from './open-visit.ts'

const WORDS = {
  step: 'deed_step',
  tick: 'deed_tick',
  action: 'deed_action',
  restore: 'deed_restore',
  decide: 'deed_decide',
  recommend: 'deed_recommend',
  withdraw: 'deed_recommend',
  propose: 'deed_propose',
  minutes: 'deed_minutes',
  edit: 'deed_edit',
} as const satisfies { readonly [K in Deed['kind']]: string }

const MOST = 80

function aboutOf({ kind, said }: Deed): string {
  const word = visitTexts.value.work[WORDS[kind]]
  const about = makeVisible(said)
  return about === '' ? word : `${word} (${about.length > MOST ? `${about.slice(0, MOST)}…` : about})`
}

function Stopped({ entry, open: { queue } }: { entry: QueuedDeed; open: OpenVisit }) {
  const { work } = visitTexts.value
  if (entry.sending.state !== 'stopped') return null
  const { isStale, message } = entry.sending
  const what = aboutOf(entry.deed)
  return (
    <>
      <p role="alert">{isStale ? work.conflict(what) : work.refused(what, message)}</p>
      <div class="acts">
        {isStale && (
          <button class="btn" type="button" onClick={() => queue.sendAgain()}>
            {work.sendAgain}
          </button>
        )}
        <button class="btn" type="button" onClick={() => queue.drop(entry.key)}>
          {work.dropIt}
        </button>
      </div>
    </>
  )
}

export function UnsentBar({ open }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const { queue, f } = open
  const entries = queue.entries.value
  const stopped = entries.find(({ sending }) => sending.state === 'stopped')
  const isShown = stopped !== undefined || (queue.isAway.value && queue.unsent > 0)
  return (
    <div class={isShown ? 'unsent' : 'unsent vh'}>
      <p role="status">{isShown && <strong>{work.unsent(queue.unsent, f)}</strong>}</p>
      {stopped !== undefined ? (
        <Stopped entry={stopped} open={open} />
      ) : (
        isShown && <p class="meta">{work.unsentText}</p>
      )}
    </div>
  )
}
