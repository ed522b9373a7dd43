/** Policy layers of the machines of one client. Machines without settings of their own share one object, so that resolving it once serves all. Pure. */
import type { PolicyLayers, PolicySetting } from '../policy/policy.ts'

type Settings = ReadonlyMap<string, readonly PolicySetting[]>
const NONE: readonly PolicySetting[] = []

/** The settings of one client by scope, as the store gives them, as layers per machine. */
export class ClientLayers {
  readonly #settings: Settings
  readonly #bySite = new Map<string, PolicyLayers>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  of(siteId: string, machineId: string): PolicyLayers {
    const machine = this.#settings.get(`machine:${machineId}`)
    const site = this.#siteLayers(siteId)
    return machine === undefined ? site : { ...site, machine }
  }

  #siteLayers(siteId: string): PolicyLayers {
    let layers = this.#bySite.get(siteId)
    if (layers === undefined) {
      const client = this.#settings.get('client') ?? NONE
      layers = { client, site: this.#settings.get(`site:${siteId}`) ?? NONE, machine: NONE }
      this.#bySite.set(siteId, layers)
    }
    return layers
  }
}
