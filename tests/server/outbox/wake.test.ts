/** Whoever notes a client is heard, whatever the dispatcher is doing at that moment. */
import { afterEach, expect, it } from 'vitest'
import { TOLD } from '../../support/told-world.ts'
import { type Dispatch, startDispatch } from './a-dispatch.ts'

let dispatch: Dispatch
afterEach(() => dispatch.close())

it('looks again when it is noted in the moment in which a look ends', async () => {
  let looks = 0
  dispatch = await startDispatch({
    onStep: (step) => {
      if (step === 'read') looks += 1
    },
  })
  const { clock, outbox } = dispatch
  const setTimer = clock.setTimer.bind(clock)
  let looksBefore: number | null = null
  // The last thing of a look is that it sets its timer: what comes right after it is a note of somebody else.
  clock.setTimer = (callback, ms) => {
    if (looksBefore === null) {
      looksBefore = looks
      queueMicrotask(() => outbox.note(TOLD.clientId))
    }
    return setTimer(callback, ms)
  }
  outbox.note(TOLD.clientId)
  await outbox.settled()
  await new Promise<void>((resolve) => setImmediate(resolve))
  await outbox.settled()
  expect(looksBefore).not.toBe(null)
  expect(looks).toBe((looksBefore ?? 0) + 1)
})
