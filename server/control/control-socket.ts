/**
 * The control socket: `data/control.sock`, mode 0600 (a named pipe on Windows). One line of JSON asks, one line answers. Whoever can
 * open it could read the data folder anyway, so it asks for no password.
 */
import fs from 'node:fs'
import net from 'node:net'
import { err, ok, type Result } from '../../shared/result.ts'
import { controlAddress } from './control-address.ts'
import { answerRequest } from './requests.ts'
import type { Services } from './services.ts'

const MAX_LINE_BYTES = 1_048_576
const OWNER_ONLY = 0o600
const IDLE_MS = 60_000

/** One per server. */
export class ControlSocket {
  readonly #services: Services
  readonly #server: net.Server
  readonly #open = new Set<net.Socket>()

  constructor(services: Services) {
    this.#services = services
    this.#server = net.createServer((socket) => this.#serve(socket))
  }

  /**
   * Starts to listen; the socket of a server that crashed is replaced: the lock of the data folder says that nobody else is there.
   * Error: a sentence.
   */
  async open(): Promise<Result<void, string>> {
    const { dataFolder } = this.#services.config
    const address = controlAddress(dataFolder)
    if (address === null) {
      return err(`The path ${dataFolder} is too long for the control socket in it. Set ROUNDS_DATA to a shorter one.`)
    }
    try {
      await this.#listen(address)
      return ok(undefined)
    } catch (error) {
      return err(
        `The control socket ${address} cannot be made: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  async #listen(address: string): Promise<void> {
    const isFile = process.platform !== 'win32'
    if (isFile) fs.rmSync(address, { force: true })
    // The socket is never open to others, not even between bind and chmod. Binding to a path happens within listen().
    const listening = new Promise<void>((resolve, reject) => {
      const before = isFile ? process.umask(0o177) : 0
      this.#server.once('error', reject).listen(address, resolve)
      if (isFile) process.umask(before)
    })
    await listening
    if (isFile) fs.chmodSync(address, OWNER_ONLY)
  }

  #serve(socket: net.Socket): void {
    this.#open.add(socket)
    let text = ''
    let queue = Promise.resolve()
    socket.setEncoding('utf8').setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#open.delete(socket))
    socket.on('data', (chunk: string) => {
      text += chunk
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      if (text.length > MAX_LINE_BYTES) socket.destroy()
      for (const line of lines) queue = queue.then(() => this.#answer(socket, line))
    })
  }

  async #answer(socket: net.Socket, line: string): Promise<void> {
    const answer = await answerRequest(this.#services, line)
    if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
  }

  /** Stops listening and cuts who is connected. */
  async close(): Promise<void> {
    for (const socket of this.#open) socket.end()
    if (!this.#server.listening) return
    const closed = new Promise((resolve) => this.#server.close(resolve))
    setTimeout(() => {
      for (const socket of this.#open) socket.destroy()
    }, 500).unref()
    await closed
  }
}
