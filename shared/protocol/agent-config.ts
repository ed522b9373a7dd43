/**
 * The configuration that a server may send. Data only: cadences, switches, source ids to switch off. Nothing in it can
 * name a path, host, folder or argument; those come from the machine's own configuration. Pure.
 */
import { type Static, Type } from 'typebox'
import { strict } from '../reading.ts'
import { DAY_MS, SECOND_MS } from '../units.ts'

const cadence = () => Type.Optional(Type.Integer({ minimum: SECOND_MS, maximum: DAY_MS }))
const onOff = () => Type.Optional(Type.Boolean())

/** Absent keys mean: the agent's own default. */
export const AgentConfig = strict({
  /** How often each task runs, ms. */
  cadenceMs: Type.Optional(
    strict({
      vitals: cadence(),
      capacity: cadence(),
      raid: cadence(),
      posture: cadence(),
      antivirus: cadence(),
      backup: cadence(),
      smart: cadence(),
      patch: cadence(),
      inventory: cadence(),
    }),
  ),
  /** false: the check is not run; its section says `disabled`. */
  checks: Type.Optional(
    strict({ antivirus: onOff(), backup: onOff(), disk: onOff(), patch: onOff(), posture: onOff(), system: onOff() }),
  ),
  /** Source ids (`disk/smartctl`) that are not read; an id that the agent does not know means nothing. */
  off: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{1,16}/[a-z0-9-]{1,40}$', maxLength: 57 }), { maxItems: 64 }),
  ),
})
export type AgentConfig = Static<typeof AgentConfig>

/** A configuration with its number; a lower number than the agent holds is ignored. */
export const VersionedConfig = strict({
  version: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  body: AgentConfig,
})
export type VersionedConfig = Static<typeof VersionedConfig>
