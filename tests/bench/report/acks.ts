/**
 * An agent in a process of its own that sends one record after the other and notes how long each acknowledgement takes. Told where to
 * dial by the first message of its parent; every other one is answered with the times since the one before, ms.
 */
import { FakeAgent } from '../../support/fake-agent.ts'

/** The first message. */
export type AcksOrder = { readonly url: string; readonly code: string }

const PAUSE_MS = 2

async function report({ url, code }: AcksOrder): Promise<void> {
  const agent = new FakeAgent({ code, url, index: 1 })
  await agent.connect()
  let times: number[] = []
  process.on('message', () => {
    process.send?.(times)
    times = []
  })
  process.send?.([])
  for (let q = 1; ; q += 1) {
    agent.produce()
    const sentAt = performance.now()
    agent.pump(1)
    await agent.ackedUpTo(q)
    times.push(performance.now() - sentAt)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

process.once('message', (order: AcksOrder) => void report(order))
process.on('disconnect', () => process.exit(0))
