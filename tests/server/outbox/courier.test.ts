/** A message that cannot be put into words is a failure like another: it stands in the log, is given up, and stops no other. */
import { afterEach, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aFired, judgeSo, TOLD } from '../../support/told-world.ts'
import { type Dispatch, START, startDispatch } from './a-dispatch.ts'

let dispatch: Dispatch
afterEach(() => dispatch.close())

it('is given up after a day, and what is open is said again', async () => {
  dispatch = await startDispatch()
  dispatch.answers.push(...Array.from({ length: 400 }, () => new Error('no words for this')))
  await judgeSo(dispatch.store, 'fired', [aFired('/a', START)], START)
  dispatch.outbox.note(TOLD.clientId)
  await dispatch.advance(MINUTE_MS)
  const [first] = await dispatch.file.deliveries({ limit: 1 })
  expect(first).toMatchObject({ state: 'waiting', failure: 'broken', isUncertain: true })
  expect(dispatch.outbox.stats.failed.email).toBeGreaterThan(0)
  await dispatch.advance(DAY_MS + HOUR_MS)
  expect((await dispatch.file.deliveries({ limit: 1 }))[0]).toMatchObject({ kind: 'alert', state: 'dead' })
  dispatch.answers.length = 0
  await dispatch.advance(DAY_MS)
  expect((await dispatch.file.deliveries({ limit: 1 }))[0]).toMatchObject({ kind: 'reminder', state: 'sent' })
})
