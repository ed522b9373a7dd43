/**
 * Puts a request to the running server over its control socket. With no server running it takes the data folder's lock, opens the
 * store, does the same operation itself and closes again.
 */
import net from 'node:net'
import { err, type Result } from '../../shared/result.ts'
import { type Environment, readConfig, type ServerConfig } from '../config.ts'
import { controlAddress } from '../control/control-address.ts'
import type { OperationError } from '../control/operations/operation.ts'
import { type Answer, type RequestArgs, type RequestName, type RequestValue, runRequest } from '../control/requests.ts'
import { openServices } from '../open-services.ts'

/** The answer of a request; errors are sentences with a code. */
export type Ask = <N extends RequestName>(name: N, args: RequestArgs<N>) => Promise<Result<RequestValue<N>, AskError>>

/** `config` and `folder`: the command could not even ask. */
export type AskError = { readonly code: OperationError['code'] | 'config' | 'folder'; readonly message: string }

const ANSWER_MS = 30_000
/** Nobody listens: no socket, or one that a crashed server left behind. */
const NOBODY = new Set(['ENOENT', 'ECONNREFUSED'])

/** @returns the asking half of every command. */
export function askOf(environment: Environment, cwd: string): Ask {
  return async (name, args) => {
    const config = readConfig(environment, cwd)
    if (!config.ok) return err({ code: 'config', message: config.error.message })
    const answer = (await askRunning(config.value, name, args)) ?? (await askFolder(config.value, name, args))
    // The server is of the same version as this command, or says that the shape is another.
    return answer as Awaited<ReturnType<Ask>> as never
  }
}

type Asked = Answer | { readonly ok: false; readonly error: AskError }

/** null: no server runs on this folder. */
async function askRunning({ dataFolder }: ServerConfig, name: string, args: unknown): Promise<Asked | null> {
  const address = controlAddress(dataFolder)
  if (address === null) return null
  return new Promise((resolve) => {
    const socket = net.connect(address)
    let text = ''
    const finish = (answer: Asked | null) => {
      socket.destroy()
      resolve(answer)
    }
    const fail = (message: string) => finish({ ok: false, error: { code: 'folder', message } })
    socket.setTimeout(ANSWER_MS, () => fail('The running server did not answer in 30 seconds.'))
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${JSON.stringify({ name, args })}\n`))
    socket.on('error', (error) => {
      const code = 'code' in error ? String(error.code) : ''
      if (NOBODY.has(code)) finish(null)
      else if (code === 'EACCES')
        fail(`The server's control socket in ${dataFolder} belongs to another user. Run this as that user.`)
      else fail(`The control socket failed: ${error.message}`)
    })
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('\n')) finish(parseAnswer(text))
    })
    socket.on('end', () => fail('The running server ended before it answered.'))
  })
}

/** The line comes from our own server; anything else is said as it is. */
function parseAnswer(line: string): Asked {
  try {
    return JSON.parse(line) as Answer
  } catch {
    return { ok: false, error: { code: 'folder', message: 'The control socket answered something that is not JSON.' } }
  }
}

async function askFolder(config: ServerConfig, name: string, args: unknown): Promise<Asked> {
  const house = await openServices(config)
  if (!house.ok) return { ok: false, error: { code: 'folder', message: house.error } }
  try {
    return await runRequest(house.value.services, name, args)
  } finally {
    await house.value.close()
  }
}
