/** Watches of borg, borgmatic and kopia in agent.toml: what is taken, what is refused, and that they are written as they are read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../agent/config.ts'
import type { Watch } from '../../../agent/watch-config.ts'
import { parseWatch, renderWatch } from '../../../agent/watch-entry.ts'

const BORG = { kind: 'borg', name: 'b', repository: 'ssh://u@nas/./r', passwordFile: '/root/pass' }
const KOPIA = { kind: 'kopia', name: 'k', configFile: 'C:\\kopia\\repository.config' }

describe('watches of repositories', () => {
  it.each([
    [
      { ...BORG, every: '24h', offsite: true, host: 'files' },
      { ...BORG, passcommandFile: null, everyMs: 86_400_000, offsite: true, host: 'files' },
    ],
    [
      { kind: 'borg', name: 'b', repository: '/r', passcommandFile: '/opt/pass' },
      {
        kind: 'borg',
        name: 'b',
        repository: '/r',
        passwordFile: null,
        passcommandFile: '/opt/pass',
        everyMs: null,
        offsite: null,
      },
    ],
    [
      { kind: 'borgmatic', name: 'm', configFile: '/etc/borgmatic/config.yaml' },
      { kind: 'borgmatic', name: 'm', configFile: '/etc/borgmatic/config.yaml', everyMs: null, offsite: null },
    ],
    [
      { ...KOPIA, host: 'pc' },
      { ...KOPIA, everyMs: null, offsite: null, host: 'pc' },
    ],
  ])('%j is read, and written so that it reads the same', (table, want) => {
    const parsed = parseWatch(table)
    if (!parsed.ok) throw new Error(parsed.error)
    expect(parsed.value).toEqual(want)
    expect(parseConfig(renderWatch(parsed.value))).toMatchObject({ ok: true, value: { watches: [want] } })
  })

  it.each([
    [{ ...BORG, repository: '--repo' }, '"repository"'],
    [{ ...BORG, repository: '/r::archive' }, '"repository"'],
    [{ ...BORG, repository: '/r\0' }, '"repository"'],
    [{ ...BORG, passwordFile: 'pass' }, '"passwordFile" must be an absolute path'],
    [{ ...BORG, passwordFile: '/a\nb' }, '"passwordFile"'],
    [{ ...BORG, passcommandFile: '/opt/pass' }, 'exclude each other'],
    [{ ...BORG, password: 'secret' }, 'unknown key "password"'],
    [{ ...BORG, offsite: 'yes' }, '"offsite"'],
    [{ ...BORG, host: ' ' }, '"host"'],
    [{ ...KOPIA, configFile: 'repository.config' }, '"configFile" must be an absolute path'],
    [{ kind: 'borgmatic', name: 'm' }, '"configFile"'],
    [{ kind: 'borgmatic', name: 'm', configFile: '/c', host: 'a' }, 'unknown key "host"'],
    [{ kind: 'constructor', name: 'm' }, 'must be one of file-drop, restic, borg, borgmatic, kopia, hook, eventlog'],
  ])('%j is refused', (table, sentence) => {
    const parsed = parseWatch(table)
    expect(!parsed.ok && parsed.error).toContain(sentence)
  })

  it('any of them is read back the same', () => {
    const path = fc.stringMatching(/^\/[^\p{Cc}]{0,30}$/u).map((text) => text.toWellFormed())
    const common = {
      name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
      everyMs: fc.option(fc.integer({ min: 1, max: 9_000 }).map((seconds) => seconds * 1_000)),
      offsite: fc.option(fc.boolean()),
    }
    const borg = fc.constant('borg' as const)
    const watch: fc.Arbitrary<Watch> = fc.oneof(
      fc.record({ kind: borg, ...common, repository: path, passwordFile: path, passcommandFile: fc.constant(null) }),
      fc.record({ kind: borg, ...common, repository: path, passwordFile: fc.constant(null), passcommandFile: path }),
      fc.record({ kind: fc.constant('borgmatic' as const), ...common, configFile: path }),
      fc.record({ kind: fc.constant('kopia' as const), ...common, configFile: path }),
    )
    fc.assert(
      fc.property(watch, (one) => {
        if (one.kind === 'borg') fc.pre(!one.repository.includes('::'))
        expect(parseConfig(renderWatch(one))).toMatchObject({ ok: true, value: { watches: [one] } })
      }),
    )
  })
})
