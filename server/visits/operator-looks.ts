/** How an installation's reports look: the operator's name, role, contact, colour and logo. Kept among the hub's settings. */
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/schema'
import { orNull, strict, text } from '../../shared/reading.ts'
import type { HubStore } from '../store/store.ts'

/** Name of the setting. */
const SETTING = 'operator'

/** What an operator may set. `name` null: the author of each visit. `color`: `#rrggbb`. */
export const OperatorLooks = strict({
  name: orNull(text(128)),
  role: orNull(text(128)),
  contact: orNull(text(256)),
  color: orNull(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })),
  logo: orNull(
    strict({
      mediaType: Type.Union([Type.Literal('image/png'), Type.Literal('image/svg+xml')]),
      base64: Type.String({ maxLength: 400_000 }),
      alt: text(128),
    }),
  ),
})
export type OperatorLooks = Static<typeof OperatorLooks>

const PLAIN: OperatorLooks = { name: null, role: null, contact: null, color: null, logo: null }

/** @returns what was set; plain looks when nothing was, or what is there is not readable by this version. */
export async function readOperatorLooks(hub: Pick<HubStore, 'setting'>): Promise<OperatorLooks> {
  const value = await hub.setting(SETTING)
  if (value === null) return PLAIN
  try {
    const looks: unknown = JSON.parse(value)
    return Check(OperatorLooks, looks) ? looks : PLAIN
  } catch {
    return PLAIN
  }
}

/** Replaces them. */
export async function saveOperatorLooks(hub: Pick<HubStore, 'saveSetting'>, looks: OperatorLooks): Promise<void> {
  await hub.saveSetting(SETTING, JSON.stringify(looks))
}
