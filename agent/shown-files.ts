/**
 * The folder `shown/`: a copy of what left this machine last, of what leaves next, and of how the agent is. For the person at the PC to
 * read without being the administrator. Writes are soft: a full disk never stops reporting.
 */
import { join } from 'node:path'
import { toB64 } from '../shared/protocol/bytes.ts'
import { sha256 } from '../shared/protocol/crypto.ts'
import type { EpochMs } from '../shared/units.ts'
import { SECOND_MS } from '../shared/units.ts'
import { readJsonFile, readTextFile, writeFileAtomic } from './atomic-file.ts'
import type { CancelTimer, Clock } from './clock.ts'
import type { DataFolder } from './data-folder.ts'
import { fingerprintOf, type Identity } from './identity.ts'
import type { Log } from './log.ts'
import type { SpoolFacts } from './spool/spool.ts'
import { codeOfEnd, explainEnd } from './uplink/end-cause.ts'
import type { UplinkState } from './uplink/uplink.ts'
import { AGENT_VERSION } from './version.ts'

/** What status.json holds; every time is epoch ms, null: not yet. */
export type ShownStatus = {
  readonly pid: number
  readonly version: string
  readonly startedAt: EpochMs
  readonly writtenAt: EpochMs
  readonly server: string
  readonly agentId: string
  readonly fingerprint: string
  readonly enrolledAt: EpochMs
  readonly link: {
    readonly state: UplinkState['state']
    readonly since: EpochMs
    readonly quarantined: boolean
    readonly skewMs: number | null
    /** Code and sentence of why it is waiting; null: it is not. */
    readonly reason: { readonly code: string; readonly sentence: string; readonly retryAt: EpochMs } | null
  } | null
  readonly spool: SpoolFacts
  readonly lastRecordAt: EpochMs | null
  readonly lastSentAt: EpochMs | null
  /** When each check was collected last. */
  readonly checks: { readonly [check: string]: EpochMs | null }
  /** What is collected: `disk/volumes every 60 s` as data. */
  readonly tasks: readonly { readonly id: string; readonly everyMs: number }[]
}

/** What changes while the agent runs. */
export type StatusChange = Partial<
  Pick<ShownStatus, 'link' | 'spool' | 'lastRecordAt' | 'lastSentAt' | 'checks' | 'tasks'>
>

const OPEN_TO_READ = { mode: 0o644, durable: false } as const

/** Writes the folder. Lives as long as the agent. */
export class ShownFiles {
  readonly #folder: DataFolder
  readonly #clock: Clock
  readonly #log: Log
  #status: ShownStatus
  #cancel: CancelTimer | null = null

  constructor(folder: DataFolder, clock: Clock, log: Log, first: ShownStatus) {
    this.#folder = folder
    this.#clock = clock
    this.#log = log
    this.#status = first
    this.update({})
  }

  /** The payload that just left, byte for byte. */
  sent(text: string): void {
    this.#write(this.#folder.shownReport, text)
    this.update({ lastSentAt: this.#clock.now() })
  }

  /** The payload that is ready and has not left yet. */
  ready(text: string): void {
    this.#write(nextReportPath(this.#folder), text)
  }

  /** Changes the status; several changes within a second are one write. */
  update(change: StatusChange): void {
    this.#status = { ...this.#status, ...change }
    this.#cancel ??= this.#clock.setTimer(() => this.flush(), SECOND_MS)
  }

  /** Writes the status now. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#write(this.#folder.shownStatus, `${JSON.stringify({ ...this.#status, writtenAt: this.#clock.now() })}\n`)
  }

  #write(path: string, text: string): void {
    try {
      writeFileAtomic(path, text, OPEN_TO_READ)
    } catch (error) {
      this.#log.warn('shown file could not be written', {
        detail: error instanceof Error ? error.message : String(error),
      })
    }
  }
}

/** @returns the status of an agent that has just started. Pure. */
export function firstStatus(
  identity: Identity,
  server: string,
  spool: SpoolFacts,
  now: EpochMs,
  pid: number,
): ShownStatus {
  return {
    pid,
    version: AGENT_VERSION,
    startedAt: now,
    writtenAt: now,
    server,
    agentId: toB64(identity.agentId),
    fingerprint: fingerprintOf(sha256(identity.key.pub)),
    enrolledAt: identity.enrolledAt,
    link: null,
    spool,
    lastRecordAt: null,
    lastSentAt: null,
    checks: {},
    tasks: [],
  }
}

/** @returns the link part of the status. Pure. */
export function shownLink(state: UplinkState): ShownStatus['link'] {
  const reason =
    state.state === 'waiting'
      ? { code: codeOfEnd(state.cause), sentence: explainEnd(state.cause), retryAt: state.retryAt }
      : null
  const isConnected = state.state === 'connected'
  return {
    state: state.state,
    since: state.since,
    quarantined: isConnected && state.quarantined,
    skewMs: isConnected ? state.skewMs : null,
    reason,
  }
}

/** Reads the status that the running agent left; null when there is none. The file is the agent's own. */
export function readShownStatus(folder: DataFolder): ShownStatus | null {
  const stored = readJsonFile(folder.shownStatus)
  const isStatus = typeof stored === 'object' && stored !== null && 'spool' in stored && 'fingerprint' in stored
  return isStatus ? (stored as ShownStatus) : null
}

/** Reads what left last, or what leaves next. null: nothing yet. */
export function readShownReport(folder: DataFolder, which: 'last' | 'next'): string | null {
  return readTextFile(which === 'last' ? folder.shownReport : nextReportPath(folder))
}

function nextReportPath(folder: DataFolder): string {
  return join(folder.shown, 'next-report.json')
}
