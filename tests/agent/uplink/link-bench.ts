/** An enrolled agent with one small task beside a fake server: what the tests of the link start from. */
import { systemClock } from '../../../agent/clock.ts'
import { readConfig } from '../../../agent/config.ts'
import { type Agent, createAgent } from '../../../agent/create-agent.ts'
import { type DataFolder, dataFolderAt, openDataFolder } from '../../../agent/data-folder.ts'
import { enrollMachine } from '../../../agent/enroll-machine.ts'
import { readIdentity } from '../../../agent/identity.ts'
import { SILENT_LOG } from '../../../agent/log.ts'
import type { AnyTask } from '../../../agent/report/run-task.ts'
import { readShownReport } from '../../../agent/shown-files.ts'
import { dialServer } from '../../../agent/uplink/dial.ts'
import { read } from '../../../shared/reading.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { tempFolder } from '../../support/tmp.ts'
import { FakeServer, until } from './fake-server.ts'

/** Server, data folder and the agents started on it. */
export class LinkBench {
  readonly server = new FakeServer()
  readonly folder: DataFolder = dataFolderAt(tempFolder('uplink'))
  readonly #agents: Agent[] = []
  readonly #probe = fakeProbe({
    files: { '/etc/machine-id': 'SECRET-MACHINE-ID', '/proc/sys/kernel/random/boot_id': 'boot-1' },
  })
  readonly #clock = systemClock()
  /** The one sample of the one task. */
  usedBytes = 1_000

  async open(): Promise<this> {
    await this.server.start()
    const opened = openDataFolder(this.folder)
    if (!opened.ok) throw new Error(opened.error)
    return this
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.stop('stop')))
    await this.server.stop()
  }

  enroll(code = this.server.code()): ReturnType<typeof enrollMachine> {
    const config = { server: null, caFile: null, watches: [] }
    return enrollMachine(code, {
      folder: this.folder,
      config,
      clock: this.#clock,
      probe: this.#probe,
      dial: dialServer,
    })
  }

  async startAgent(): Promise<Agent> {
    const config = readConfig(this.folder)
    const identity = readIdentity(this.folder)
    if (!config.ok || config.value.server === null || !identity.ok || identity.value === null) {
      throw new Error('not enrolled')
    }
    const agent = await createAgent({
      folder: this.folder,
      config: { ...config.value, server: config.value.server },
      identity: identity.value,
      probe: this.#probe,
      tasks: [this.#task()],
      clock: this.#clock,
      log: SILENT_LOG,
      dial: dialServer,
      ticks: () => () => {},
      random: () => 0.1,
    })
    this.#agents.push(agent)
    agent.start()
    return agent
  }

  /** Makes one more record. A newer configuration makes every task due at once, and the sample has moved. */
  async report(agent: Agent): Promise<void> {
    this.usedBytes += 1
    this.server.last.say({ t: 'config', version: this.usedBytes, body: {} })
    await until('another record', () => (readShownReport(this.folder, 'next') ?? '').includes(`[0,${this.usedBytes}]`))
    await agent.idle()
  }

  #task(): AnyTask {
    return {
      id: 'system/vitals',
      check: 'system',
      cadence: 'vitals',
      parts: ['boot'],
      timeoutMs: 1_000,
      collect: async () => ({
        parts: { boot: read('system/proc', { bootedAt: 5 }) },
        samples: { 'memory:usedBytes': this.usedBytes },
      }),
    }
  }
}
