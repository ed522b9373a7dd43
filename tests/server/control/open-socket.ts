/** An open data folder with its control socket and nothing else, and raw clients of that socket. */
import net from 'node:net'
import path from 'node:path'
import { parseConfig } from '../../../server/config.ts'
import { controlAddress } from '../../../server/control/control-address.ts'
import { ControlSocket } from '../../../server/control/control-socket.ts'
import { type OpenHouse, openServices } from '../../../server/open-services.ts'
import { tempFolder } from '../../support/tmp.ts'

export type OpenSocket = {
  readonly folder: string
  readonly house: OpenHouse
  readonly socket: ControlSocket
  close(): Promise<void>
}

/** Opens a fresh folder, or the given one. */
export async function openSocket(folder = path.join(tempFolder('control'), 'data')): Promise<OpenSocket> {
  const config = parseConfig({ ROUNDS_DATA: folder }, null, folder)
  if (!config.ok) throw new Error(config.error.message)
  const house = await openServices(config.value)
  if (!house.ok) throw new Error(house.error)
  const socket = new ControlSocket(house.value.services)
  const opened = await socket.open()
  if (!opened.ok) {
    await house.value.close()
    throw new Error(opened.error)
  }
  return {
    ...{ folder, socket, house: house.value },
    async close() {
      await socket.close()
      await house.value.close()
    },
  }
}

/** What came back until the server had answered `lines` times or ended the connection. */
export type Heard = { readonly answers: readonly unknown[]; readonly isEnded: boolean }

/** Sends chunks one after the other, each in a turn of its own. */
export function say(folder: string, chunks: readonly (string | Uint8Array)[], lines: number): Promise<Heard> {
  const client = net.connect(controlAddress(folder) ?? '')
  let text = ''
  return new Promise((resolve, reject) => {
    const finish = (isEnded: boolean) => {
      client.destroy()
      const complete = text.split('\n').slice(0, -1)
      resolve({ answers: complete.map((line): unknown => JSON.parse(line)), isEnded })
    }
    client.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.split('\n').length - 1 >= lines) finish(false)
    })
    client.on('close', () => finish(true))
    // Writing to a server that has hung up ends in EPIPE or ECONNRESET: an end like any other.
    client.on('error', (error) =>
      'code' in error && /^(?:EPIPE|ECONNRESET)$/.test(String(error.code)) ? null : reject(error),
    )
    client.on('connect', () => void sendAll(client, chunks))
  })
}

async function sendAll(client: net.Socket, chunks: readonly (string | Uint8Array)[]): Promise<void> {
  for (const chunk of chunks) await new Promise<void>((resolve) => client.write(chunk, () => setImmediate(resolve)))
}

/** One request as a line. */
export const line = (name: string, args: unknown): string => `${JSON.stringify({ name, args })}\n`
