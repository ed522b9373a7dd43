/**
 * Puts one resident agent together from its ports: reporter → spool → uplink. Time, ticks, socket and world are arguments, so a
 * test can run it beside a server in one process with one clock. The shipped programs always pass the system's.
 */
import type { VersionedConfig } from '../shared/protocol/agent-config.ts'
import type { Info } from '../shared/protocol/handshake-messages.ts'
import type { CadenceName } from './checks/collector.ts'
import type { Clock } from './clock.ts'
import type { AgentConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import { type Identity, readLease, saveLease } from './identity.ts'
import { liveWatches } from './live-config.ts'
import type { Log } from './log.ts'
import { infoOf, readFingerprint } from './machine-hints.ts'
import type { Probe } from './probe/probe.ts'
import type { Assembled } from './report/assemble.ts'
import { Attester } from './report/attester.ts'
import { cadenceMsOf } from './report/cadence.ts'
import { collectedAtOf, Reporter } from './report/reporter.ts'
import type { AnyTask } from './report/run-task.ts'
import type { Ticks } from './report/ticks.ts'
import { readServerConfig, saveServerConfig } from './server-config.ts'
import { firstStatus, ShownFiles, shownLink } from './shown-files.ts'
import { Spool, type SpoolOptions } from './spool/spool.ts'
import { reportText } from './uplink/batch.ts'
import type { Dial } from './uplink/dial.ts'
import type { ServerUrl } from './uplink/server-url.ts'
import { Uplink } from './uplink/uplink.ts'

/** Everything that an agent is made of. */
export type AgentPorts = {
  readonly folder: DataFolder
  /** Configuration of the machine, with its server. */
  readonly config: AgentConfig & { readonly server: ServerUrl }
  readonly identity: Identity
  readonly probe: Probe
  readonly tasks: readonly AnyTask[]
  readonly clock: Clock
  readonly log: Log
  readonly dial: Dial
  readonly ticks: Ticks
  /** 0 ≤ random < 1. */
  readonly random: () => number
  readonly spool?: SpoolOptions
}

/** A resident agent. */
export type Agent = {
  /** Runs every task at once, connects, and goes on. */
  start(): void
  /** Looks for due tasks now: what a tick does. */
  tick(): Promise<void>
  /** Resolves when no task is running within its time. */
  idle(): Promise<void>
  /** Says goodbye, stores what there is, and ends. A second call waits for the first. */
  stop(why: 'shutdown' | 'stop'): Promise<void>
}

/** Reads the few facts of the machine that the handshake needs, and composes. Nothing runs before `start`. */
export async function createAgent(ports: AgentPorts): Promise<Agent> {
  const fp = await readFingerprint(ports.probe, ports.identity.salt)
  return new ResidentAgent(ports, fp, await infoOf(ports.probe, ports.clock))
}

class ResidentAgent implements Agent {
  readonly #ports: AgentPorts
  readonly #spool: Spool
  readonly #shown: ShownFiles
  readonly #attester: Attester
  readonly #reporter: Reporter
  readonly #uplink: Uplink
  #held: VersionedConfig
  #stopping: Promise<void> | null = null

  constructor(ports: AgentPorts, fp: Uint8Array, info: () => Info) {
    const { folder, config, identity, clock, log } = ports
    const spool = new Spool(folder.spool, ports.spool)
    this.#ports = ports
    this.#spool = spool
    this.#held = readServerConfig(folder)
    this.#shown = new ShownFiles(
      folder,
      clock,
      log,
      firstStatus(identity, config.server.url, spool.facts, clock.now(), process.pid),
    )
    this.#attester = new Attester({
      ...ports,
      spool,
      key: identity.key,
      agentId: identity.agentId,
      path: folder.attested,
    })
    this.#reporter = this.#makeReporter()
    this.#uplink = this.#makeUplink(fp, info)
    this.#showTasks()
  }

  start(): void {
    this.#reporter.start()
    this.#uplink.start()
  }

  tick(): Promise<void> {
    return this.#reporter.tick()
  }

  idle(): Promise<void> {
    return this.#reporter.idle()
  }

  stop(why: 'shutdown' | 'stop'): Promise<void> {
    this.#stopping ??= this.#stop(why)
    return this.#stopping
  }

  async #stop(why: 'shutdown' | 'stop'): Promise<void> {
    this.#reporter.stop()
    this.#reporter.flush()
    await this.#uplink.stop(why)
    this.#shown.flush()
    this.#spool.close()
  }

  #makeReporter(): Reporter {
    const { folder, config, identity, log } = this.#ports
    const readWatch = liveWatches(folder, log, config)
    const seed = Buffer.from(identity.key.pub).readUInt32BE(0)
    const onRecord = (bytes: Buffer, made: Assembled) => this.#onRecord(bytes, made)
    return new Reporter({ ...this.#ports, readWatch, spool: this.#spool, seed, onRecord }, this.#held.body)
  }

  #makeUplink(fp: Uint8Array, info: () => Info): Uplink {
    const { folder, config } = this.#ports
    const showSpool = () => this.#shown.update({ spool: this.#spool.facts })
    return new Uplink({
      ...this.#ports,
      server: config.server,
      caFile: config.caFile,
      spool: this.#spool,
      fp,
      info,
      readLease: () => readLease(folder),
      saveLease: (lease) => saveLease(folder, lease),
      onWant: (checks) => this.#reporter.want(checks),
      onAttest: (nonce) => this.#onAttest(nonce),
      onConfig: (offered) => this.#onConfig(offered),
      onSent: (text) => this.#shown.sent(text),
      onAck: showSpool,
      onState: (state) => this.#shown.update({ link: shownLink(state), spool: this.#spool.facts }),
    })
  }

  #onRecord(bytes: Buffer, made: Assembled): void {
    this.#shown.ready(reportText([bytes.toString('utf8')]))
    this.#attester.attestIfDue(made)
    this.#shown.update({ spool: this.#spool.facts, lastRecordAt: made.record.at, checks: collectedAtOf(made) })
    this.#uplink.pump()
  }

  /** What is signed is what a record said: what is new goes into one first. */
  #onAttest(nonce: Uint8Array): void {
    this.#reporter.flush()
    if (this.#attester.attest(this.#reporter.made, nonce)) this.#uplink.pump()
  }

  /** Takes a newer configuration; it is stored before it holds. */
  #onConfig(offered: VersionedConfig): void {
    const { folder, log } = this.#ports
    if (offered.version <= this.#held.version) return
    try {
      saveServerConfig(folder, offered)
    } catch (error) {
      log.warn('configuration could not be stored', { detail: error instanceof Error ? error.message : String(error) })
    }
    this.#held = offered
    log.info('configuration taken', { version: offered.version })
    this.#reporter.configure(offered.body)
    this.#showTasks()
  }

  #showTasks(): void {
    const everyMs = (name: CadenceName) => cadenceMsOf(name, this.#held.body)
    this.#shown.update({ tasks: this.#ports.tasks.map(({ id, cadence }) => ({ id, everyMs: everyMs(cadence) })) })
  }
}
