/** Task `disk/controllers`: RAID cards that hide their drives. I/O through the probe only. */
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { askControllers, CONTROLLERS } from './ask-controllers.ts'

/** Every 6 hours. The logical drives of the same answer stand in the arrays. */
export const controllersTask: Task<'disk'> = {
  id: 'disk/controllers',
  check: 'disk',
  cadence: 'smart',
  parts: ['controllers'],
  timeoutMs: 8 * MINUTE_MS,
  collect: collectControllers,
}

/** A card whose tool is missing makes the part fail with that reason when nothing else is known; it never becomes an empty list. */
async function collectControllers(context: CollectContext): Promise<Contribution<'disk'>> {
  if (context.off.has(CONTROLLERS))
    return {
      parts: {
        controllers: failed(CONTROLLERS, {
          code: 'disabled',
          detail: `${CONTROLLERS} is switched off for this machine`,
        }),
      },
      samples: {},
    }
  const answer = await askControllers(context)
  if (!answer.ok) return { parts: { controllers: failed(CONTROLLERS, answer.error) }, samples: {} }
  const { source, controllers, samples, blind } = answer.value
  if (blind !== null && controllers.every(({ state, drives }) => state === 'unknown' && drives.length === 0))
    return { parts: { controllers: failed(CONTROLLERS, blind) }, samples: {} }
  return { parts: { controllers: read(source, [...controllers]) }, samples }
}
