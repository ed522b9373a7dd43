/**
 * A drive that was there is no longer listed.
 *
 * Limits: missing from two readings in a row. Built in: critical; plugged in by USB: warning. It stays open until the drive is back
 * or a person says that it was taken out. Unknown while drives cannot be listed.
 */
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Readings in a row that must miss a drive: one alone may have been a slow start. */
const READINGS_MISSED = 2

/** Rule `disk/gone`; its limits stand at the top of this file. */
export const gone = defineRule({
  id: 'disk/gone',
  needs: ['drives'],
  limits: [],
  holdMs: 0,
  keepsVanished: true,
  effortMinutes: 60,
  needsHands: true,
  *evaluate({ drives }, context) {
    const present = new Set(drives.map(({ key }) => key))
    for (const key of present) yield pass(key)
    for (const { key, isRemovable, entry } of context.rememberedDrives()) {
      if (present.has(key)) continue
      const values = { drive: key.replace('/', ' '), lastSeenAt: entry.seenAt }
      if (entry.value < READINGS_MISSED) yield unknown(key, 'needs-history')
      else yield fail(key, isRemovable ? 'warning' : 'critical', values, entry.changedAt)
    }
  },
})
