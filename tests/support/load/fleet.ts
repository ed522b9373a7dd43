/** Simulated agents that report as fast as they are acknowledged, and come back by themselves whenever the server is gone. Not pure. */
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeAgent } from '../fake-agent.ts'

/** Unacknowledged records that an agent keeps under way (wire.md allows four frames). */
const WINDOW = 4
/** Pause before dialing again, ms; the load must be there in the first moments after a restart. */
const AGAIN_MS = 40
/** Pause between two records of an agent, so that twenty kills leave a store that can be read record by record. */
const RHYTHM_MS = 5

/** The agents under load. */
export type LoadedFleet = {
  readonly agents: readonly FakeAgent[]
  /** Stops making records; those under way are still delivered. */
  readonly quiet: () => void
  /** Resolves when everything that was produced is acknowledged. @throws when it is not within `ms`. */
  readonly drained: (ms: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** @param codes one single-use code for each agent. @param url where the server listens; it stays the same over restarts. */
export function startFleet(codes: readonly string[], url: string): LoadedFleet {
  const agents = codes.map((code, index) => new FakeAgent({ code, url, index }))
  const state = { isQuiet: false, isOver: false }
  const lives = agents.map((agent) => live(agent, state))
  return {
    agents,
    quiet: () => {
      state.isQuiet = true
    },
    async drained(ms) {
      const deadline = performance.now() + ms
      const isDrained = () => agents.every((agent) => agent.acked === agent.records.length)
      while (!isDrained()) {
        if (performance.now() > deadline) throw new Error(`records were not acknowledged within ${ms} ms`)
        await sleep(20)
      }
    },
    async stop() {
      state.isOver = true
      for (const agent of agents) agent.cut()
      await Promise.all(lives)
    },
  }
}

/** Connects, reports, and connects again, until it is over. A refused connection is what a killed server looks like. */
async function live(agent: FakeAgent, state: { readonly isQuiet: boolean; readonly isOver: boolean }): Promise<void> {
  while (!state.isOver) {
    const welcome = await agent.connect().catch(() => null)
    if (welcome === null) {
      await sleep(AGAIN_MS)
      continue
    }
    const gone = agent.closed()
    let isOpen = true
    void gone.then(() => {
      isOpen = false
    })
    while (isOpen && !state.isOver) {
      if (!state.isQuiet && agent.records.length - agent.acked < WINDOW) agent.produce()
      agent.pump(WINDOW)
      await sleep(RHYTHM_MS)
    }
  }
}
