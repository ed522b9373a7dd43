/** The watch of an event log in agent.toml: what is taken, what is refused, and that it is written as it is read. */
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../agent/config.ts'
import { parseWatch, renderWatch } from '../../../agent/watch-entry.ts'

const ENTRY = { kind: 'eventlog', name: 'macrium', log: 'Application', provider: 'Macrium Reflect', successIds: [256] }

describe('a watch of an event log', () => {
  it('is read, and written so that it reads the same', () => {
    const entry = parseWatch({ ...ENTRY, failureIds: [512], every: '24h' })
    if (!entry.ok) throw new Error(entry.error)
    expect(entry.value).toEqual({ ...ENTRY, failureIds: [512], everyMs: 86_400_000 })
    const again = parseConfig(renderWatch(entry.value))
    expect(again).toMatchObject({ ok: true, value: { watches: [entry.value] } })
    expect(parse(renderWatch(entry.value))).toBeTypeOf('object')
  })

  it('needs a log and a success number; a provider and failure numbers may be absent', () => {
    const { provider: _, ...bare } = ENTRY
    expect(parseWatch(bare)).toMatchObject({ ok: true, value: { provider: null, failureIds: [], everyMs: null } })
    for (const wrong of [
      { successIds: [] },
      { successIds: undefined },
      { successIds: ['4'] },
      { successIds: [70_000] },
      { log: '' },
    ]) {
      expect(parseWatch({ ...ENTRY, ...wrong }), JSON.stringify(wrong)).toMatchObject({ ok: false })
    }
  })

  it.each(["a'b", 'a]b', '-q', '/q:x', 'a"b', 'a\nb', 'a*b', 'a[b', ' a', 'a&b'])(
    'refuses the name %j, which could end a query or an argument',
    (name) => {
      expect(parseWatch({ ...ENTRY, log: name }).ok).toBe(false)
      expect(parseWatch({ ...ENTRY, provider: name }).ok).toBe(false)
    },
  )
})
