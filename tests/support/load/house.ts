/** A real server process under a simulated fleet. Not pure. */
import { setTimeout as sleep } from 'node:timers/promises'
import { command, type Running, startProgram } from '../e2e-processes.ts'

const START_MS = 30_000

/** A real server and everything that was started: a broken promise must not leave processes behind. */
export type House = { readonly environment: NodeJS.ProcessEnv; readonly started: Running[] }

/** Starts the server and waits until it listens; its port stays the same over restarts. @returns where. */
export async function serve(
  house: House,
): Promise<{ readonly server: Running; readonly origin: string; readonly ms: number }> {
  const startedAt = performance.now()
  const server = startProgram('server', ['serve'], house.environment)
  house.started.push(server)
  for (;;) {
    const origin = /^Rounds \S+ at (\S+)$/m.exec(server.printed())?.[1]
    const ms = performance.now() - startedAt
    if (origin !== undefined) {
      house.environment['ROUNDS_PORT'] = new URL(origin).port
      return { server, origin, ms }
    }
    if (!server.isAlive() || ms > START_MS) throw new Error(`the server does not listen\n${server.printed()}`)
    await sleep(20)
  }
}

/** Clients and one single-use code for each agent. */
export async function furnish({ environment }: House, clients: number, agents: number): Promise<readonly string[]> {
  const codes: string[] = []
  for (let c = 0; c < clients; c += 1)
    await command('server', ['client', 'add', `Client ${c}`, '--slug', `c${c}`], environment)
  for (let a = 0; a < agents; a += 1) {
    codes.push((await command('server', ['code', 'new', '--client', `c${a % clients}`], environment)).trim())
  }
  return codes
}
