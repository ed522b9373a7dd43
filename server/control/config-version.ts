/** The number that tells agents which of two configurations is newer: counts up with each change of any policy, kept in the hub. */
import type { HubStore } from '../store/store.ts'

const KEY = 'agentConfigVersion'

/** One per server. */
export class ConfigVersion {
  readonly #hub: HubStore
  #version = 1

  constructor(hub: HubStore) {
    this.#hub = hub
  }

  /** Reads the number of the last run. */
  async load(): Promise<void> {
    this.#version = Number((await this.#hub.setting(KEY)) ?? '1')
  }

  /** The number to send. */
  get current(): number {
    return this.#version
  }

  /** Durable before any agent hears of it: a lower number than an agent holds would be ignored. */
  async next(): Promise<void> {
    this.#version += 1
    await this.#hub.saveSetting(KEY, String(this.#version))
  }
}
