/**
 * The load of the ingest benchmark, in a process of its own: closed-loop links that keep `window` frames unacknowledged. Told what
 * to do by one message of its parent, says `ready`, runs until told to stop, then says how many reports were acknowledged.
 */
import WebSocket from 'ws'
import { FakeAgent } from '../../support/fake-agent.ts'

/** `bare`: every frame is acknowledged by any answer; `delta`: the real protocol. */
export type LoadOrder = {
  readonly kind: 'bare' | 'delta'
  readonly url: string
  readonly codes: readonly string[]
  readonly links: number
  readonly window: number
}

/** The size of a steady delta as it travels. */
const BARE_FRAME = Buffer.alloc(142, 0x61)

let acked = 0
let isOver = false

async function runBare({ url, links, window }: LoadOrder): Promise<void> {
  for (let n = 0; n < links; n += 1) {
    const ws = new WebSocket(url.replace(/^http/, 'ws'), { perMessageDeflate: false })
    await new Promise((resolve) => ws.once('open', resolve))
    ws.on('message', () => {
      acked += 1
      if (!isOver) ws.send(BARE_FRAME)
    })
    process.once('message', () => ws.terminate())
    setImmediate(() => {
      for (let i = 0; i < window; i += 1) ws.send(BARE_FRAME)
    })
  }
}

/** Makes and sends records until the window is full. */
function fill(agent: FakeAgent, window: number): void {
  while (!isOver && agent.records.length - agent.acked < window) agent.produce()
  agent.pump(window)
}

/** Handshakes at once while the links are set up. */
const AT_ONCE = 32

async function connectOne({ codes, window, url }: LoadOrder, index: number): Promise<FakeAgent> {
  const agent = new FakeAgent({ code: codes[index % codes.length] ?? '', url, index })
  await agent.connect()
  agent.produce()
  agent.pump(window)
  await agent.ackedUpTo(1)
  return agent
}

async function runDelta(order: LoadOrder): Promise<void> {
  const { links, window } = order
  const agents: FakeAgent[] = []
  for (let index = 0; index < links; index += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, links - index) }, (_, n) => connectOne(order, index + n))
    agents.push(...(await Promise.all(some)))
  }
  for (const agent of agents) {
    let last = agent.acked
    agent.onAck = () => {
      acked += agent.acked - last
      last = agent.acked
      fill(agent, window)
    }
    fill(agent, window)
  }
  process.once('message', () => {
    for (const agent of agents) agent.cut()
  })
}

process.once('message', async (order: LoadOrder) => {
  await (order.kind === 'bare' ? runBare(order) : runDelta(order))
  process.send?.('ready')
  process.once('message', () => {
    isOver = true
    process.send?.(acked, () => process.exit(0))
  })
})
