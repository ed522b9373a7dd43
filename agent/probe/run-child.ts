/** Runs one child to its end, whatever it does: too long, too much, forking, deaf to signals. I/O. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type SignalGroup, signalGroup } from './end-group.ts'
import type { HungLedger } from './hung-ledger.ts'
import type { Output } from './probe.ts'

/** After SIGTERM, and after SIGKILL (security-reliability.md 5.8). */
const TERM_GRACE_MS = 2_000
const KILL_GRACE_MS = 5_000
/** How long output may still drain after the child ended; a grandchild that holds the pipe gets no longer. */
const DRAIN_MS = 1_000
const MAX_STDERR_BYTES = 64 * 1024

/** Everything that decides how a child runs. */
export type ChildSpec = {
  /** Absolute path; nothing is looked up. */
  readonly file: string
  readonly args: readonly string[]
  /** The whole environment; nothing is inherited. */
  readonly env: { readonly [name: string]: string }
  /** Folder in which it starts. */
  readonly cwd: string
  readonly timeoutMs: number
  readonly maxBytes: number
  /** What is asked, for the ledger and for messages. */
  readonly target: string
}

/**
 * Starts `file` in its own process group, without a shell, stdin closed, and waits for the end.
 * Over `maxBytes` of stdout the group is ended and the answer is `truncated`. After `timeoutMs`: TERM to the group,
 * 2 s, KILL to the group, 5 s, then the child is left alone and entered in the ledger.
 * Errors: `tool-missing`, `access-denied`, `timeout`, `hung`, `exit` (the system could not start another process).
 */
export function runChild(
  spec: ChildSpec,
  ledger: HungLedger,
  signal: SignalGroup = signalGroup,
): Promise<Result<Output, Failure>> {
  const refusal = ledger.refusal(spec.target)
  if (refusal !== null) return Promise.resolve(err({ code: 'hung', detail: refusal }))
  return new Promise((resolve) => {
    let child: ChildProcess
    try {
      child = spawn(spec.file, [...spec.args], {
        cwd: spec.cwd,
        // A group of its own; on Windows it would be a console window of its own, and its tree is ended by name there.
        detached: process.platform !== 'win32',
        env: spec.env,
        shell: false,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      })
    } catch (cause) {
      // An argument with a NUL byte, for example; nothing was started.
      resolve(err({ code: 'exit', detail: `${spec.file} could not be started: ${String(cause)}` }))
      return
    }
    new Watch(spec, child, ledger, signal, resolve).start()
  })
}

/** One running child and its timers. Ends by calling `resolve` exactly once. */
class Watch {
  readonly #spec: ChildSpec
  readonly #child: ChildProcess
  readonly #ledger: HungLedger
  readonly #signal: SignalGroup
  readonly #resolve: (result: Result<Output, Failure>) => void
  readonly #stdout: Buffer[] = []
  readonly #stderr: Buffer[] = []
  #stdoutBytes = 0
  #stderrBytes = 0
  #truncated = false
  #timedOut = false
  #ending = false
  #settled = false
  #exit: { readonly code: number | null } | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(
    spec: ChildSpec,
    child: ChildProcess,
    ledger: HungLedger,
    signal: SignalGroup,
    resolve: (result: Result<Output, Failure>) => void,
  ) {
    this.#spec = spec
    this.#child = child
    this.#ledger = ledger
    this.#signal = signal
    this.#resolve = resolve
  }

  start(): void {
    this.#child.on('error', (cause) => this.#failedToStart(cause))
    this.#child.on('exit', (code) => this.#exited(code))
    this.#child.on('close', () => this.#finish())
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#onStdout(chunk))
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#onStderr(chunk))
    this.#timer = setTimeout(() => {
      this.#timedOut = true
      this.#end()
    }, this.#spec.timeoutMs)
  }

  #onStdout(chunk: Buffer): void {
    const room = this.#spec.maxBytes - this.#stdoutBytes
    if (room > 0) this.#stdout.push(chunk.subarray(0, room))
    this.#stdoutBytes += chunk.length
    if (this.#stdoutBytes <= this.#spec.maxBytes || this.#truncated) return
    this.#truncated = true
    this.#end()
  }

  #onStderr(chunk: Buffer): void {
    const room = MAX_STDERR_BYTES - this.#stderrBytes
    if (room > 0) this.#stderr.push(chunk.subarray(0, room))
    this.#stderrBytes += chunk.length
  }

  #failedToStart(cause: Error): void {
    // 'error' also reports a failed kill; only a child that never got a pid failed to start.
    if (this.#child.pid !== undefined) return
    const code = 'code' in cause ? cause.code : 'unknown'
    if (code === 'ENOENT') this.#settle(err({ code: 'tool-missing', detail: `${this.#spec.file} does not exist` }))
    else if (code === 'EACCES' || code === 'EPERM')
      this.#settle(err({ code: 'access-denied', detail: `${this.#spec.file} may not be executed (${code})` }))
    else this.#settle(err({ code: 'exit', detail: `${this.#spec.file} could not be started (${code})` }))
  }

  /** TERM, wait, KILL, wait, give up. */
  #end(): void {
    const { pid } = this.#child
    if (this.#ending || this.#settled || pid === undefined) return
    this.#ending = true
    clearTimeout(this.#timer)
    this.#signal(pid, 'SIGTERM')
    this.#timer = setTimeout(() => {
      this.#signal(pid, 'SIGKILL')
      this.#timer = setTimeout(() => this.#giveUp(pid), KILL_GRACE_MS)
    }, TERM_GRACE_MS)
  }

  #giveUp(pid: number): void {
    this.#ledger.add(pid, this.#spec.target)
    this.#child.unref()
    this.#settle(
      err({ code: 'hung', detail: `process ${pid} (${this.#spec.file}) on ${this.#spec.target} cannot be ended` }),
    )
  }

  #exited(code: number | null): void {
    if (this.#settled) return
    this.#exit = { code }
    clearTimeout(this.#timer)
    // What the child left behind in its group ends with it: no probe leaves processes on a client's machine. At once,
    // because the number of an emptied group may be given to somebody else later.
    if (this.#child.pid !== undefined) this.#signal(this.#child.pid, 'SIGKILL')
    this.#timer = setTimeout(() => this.#finish(), DRAIN_MS)
  }

  #finish(): void {
    if (this.#settled || this.#exit === null) return
    if (this.#timedOut) {
      const detail = `${this.#spec.file} did not end within ${this.#spec.timeoutMs} ms on ${this.#spec.target}`
      this.#settle(err({ code: 'timeout', detail }))
      return
    }
    const stderr = Buffer.concat(this.#stderr).toString('utf8')
    const exitCode = this.#truncated ? null : this.#exit.code
    this.#settle(ok({ stdout: Buffer.concat(this.#stdout), stderr, exitCode, truncated: this.#truncated }))
  }

  #settle(result: Result<Output, Failure>): void {
    if (this.#settled) return
    this.#settled = true
    clearTimeout(this.#timer)
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
    this.#resolve(result)
  }
}
