/** The agent of this very machine, as a child of `npm start`: enrolled once, started again with growing pauses when it dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import type { Log } from '../log.ts'

/** What it needs. `entry`: the agent's command line program; `folder`: its data folder. */
export type OwnAgentOptions = {
  readonly entry: string
  readonly folder: string
  readonly logFile: string
  readonly environment: { readonly [name: string]: string | undefined }
  readonly log: Log
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** Alive for this long: the next pause starts from the beginning. */
const STEADY_MS = 60_000
const STOP_MS = 3_000
/** Ours, Node's own and the loader's: an agent starts as if from a clean shell. */
const CLEARED = /^(?:ROUNDS_|NODE_|npm_|LD_|OPENSSL_CONF$|SSL_CERT_)/i

/** One per `npm start`. */
export class OwnAgent {
  readonly #options: OwnAgentOptions
  #child: ChildProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #pauseMs = FIRST_PAUSE_MS
  #isStopping = false

  constructor(options: OwnAgentOptions) {
    this.#options = options
  }

  /** True once it has an identity of its own. */
  get isEnrolled(): boolean {
    return fs.existsSync(path.join(this.#options.folder, 'keys', 'identity.json'))
  }

  /** Trades a code for an identity. @returns null, or what the agent said against it. */
  async enroll(code: string): Promise<string | null> {
    const child = this.#spawn(['enroll', code], 'pipe')
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const exit = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null))
      child.on('close', resolve)
    })
    return exit === 0 ? null : said.trim() || `it ended with ${exit ?? 'a signal'}`
  }

  /** Keeps it running until `stop`. */
  start(): void {
    if (this.#isStopping) return
    const startedAt = performance.now()
    const child = this.#spawn(['run'], 'log')
    this.#child = child
    const onEnd = (why: string) => {
      if (this.#child !== child) return
      this.#child = null
      if (this.#isStopping) return
      this.#pauseMs = performance.now() - startedAt > STEADY_MS ? FIRST_PAUSE_MS : this.#pauseMs
      this.#options.log.warn({ why, againInMs: this.#pauseMs }, 'own agent ended')
      this.#timer = setTimeout(() => this.start(), this.#pauseMs)
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2)
    }
    child.on('error', (error) => onEnd(error.message))
    child.on('exit', (code, signal) => onEnd(String(signal ?? code)))
  }

  #spawn(words: readonly string[], output: 'pipe' | 'log'): ChildProcess {
    const { entry, folder, logFile, environment } = this.#options
    const kept = Object.entries(environment).filter(([name]) => !CLEARED.test(name))
    const logged = output === 'log' ? fs.openSync(logFile, 'a', 0o600) : null
    try {
      return spawn(process.execPath, [entry, ...words], {
        cwd: path.dirname(path.dirname(entry)),
        env: { ...Object.fromEntries(kept), ROUNDS_AGENT_DATA: folder },
        stdio: ['ignore', logged ?? 'ignore', logged ?? 'pipe'],
      })
    } finally {
      if (logged !== null) fs.closeSync(logged)
    }
  }

  /** Ends it: a request first, force after three seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(force)
  }
}
