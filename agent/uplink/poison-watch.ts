/**
 * Notices a record that the server refuses again and again (a defect on either side), so that it cannot silence the machine
 * for good. Only refusals with a MAC count: a bare close code may come from anybody on the way.
 */
import type { Log } from '../log.ts'
import type { Spool } from '../spool/spool.ts'
import type { EndCause } from './end-cause.ts'

/** Refusals in a row, without any ack between them, after which the record is given up. */
const MAX_REFUSALS = 3

/** Counts refusals over connections. Lives as long as the uplink. */
export class PoisonWatch {
  readonly #spool: Pick<Spool, 'giveUp' | 'nextQ'>
  readonly #log: Log
  #ackedAtOpen: number | null = null
  #refusals = 0

  constructor(spool: Pick<Spool, 'giveUp' | 'nextQ'>, log: Log) {
    this.#spool = spool
    this.#log = log
  }

  /** Something was refused lately: send one record at a time, so that it is known which. */
  get isSuspicious(): boolean {
    return this.#refusals > 0
  }

  /** A connection is open; the server holds everything up to `ackedQ`. */
  onOpen(ackedQ: number): void {
    this.#ackedAtOpen = ackedQ
  }

  /** A connection ended. Ends before the welcome say nothing about records. */
  onEnd(cause: EndCause, ackedQ: number): void {
    const isRefusal = cause.kind === 'told' && cause.signed && (cause.code === 'protocol' || cause.code === 'too-large')
    const isProgress = ackedQ !== this.#ackedAtOpen
    if (this.#ackedAtOpen !== null && !isRefusal) this.#refusals = 0
    else if (this.#ackedAtOpen !== null) this.#refusals = isProgress ? 1 : this.#refusals + 1
    this.#ackedAtOpen = null
    if (this.#refusals < MAX_REFUSALS || ackedQ + 1 >= this.#spool.nextQ) return
    this.#refusals = 0
    this.#log.error('server refuses a record again and again; it is given up', { q: ackedQ + 1 })
    this.#spool.giveUp(ackedQ + 1, 'too-large')
  }
}
