/** Recordings of other projects and our own fixtures through the sources of backup: damage never improves one, any bytes give a result. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACKUP_SOURCES } from '../../../../agent/checks/backup/index.ts'
import { fixture } from '../../../support/fixture.ts'
import { HARMLESS, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const parse = (id: string, stdout: Uint8Array, exitCode: number | null = 0, stderr = '') => {
  const source = BACKUP_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(id)
  return source.parse({ stdout, stderr, exitCode, platform: 'linux', now: NOW })
}
/** Newest success, or null when the output proves none. */
const successOf = (id: string, bytes: Uint8Array) => {
  const parsed = parse(id, bytes)
  return parsed.ok ? (parsed.value.samples['job:restic:repository:lastSuccessAt'] ?? null) : null
}
const jobOf = (id: string, bytes: Uint8Array, exitCode = 0, stderr = '') => {
  const parsed = parse(id, bytes, exitCode, stderr)
  if (!parsed.ok) return parsed
  const { jobs } = sectionOf<'backup'>('backup', parsed.value)
  return jobs.state === 'value' ? jobs.value[0]?.status : jobs
}

describeWithSamples('recorded outputs of restic', () => {
  it('reads every recording', () => {
    expect(listSamples('backup/restic')).toEqual([
      'backup/restic/check-passed.txt',
      'backup/restic/snapshots-v1.json',
      'backup/restic/stats.json',
    ])
    const snapshots = parse('backup/restic-snapshots', sample('backup/restic/snapshots-v1.json'))
    expect(snapshots).toMatchObject({
      value: {
        samples: {
          'job:restic:repository:copies': 7,
          'job:restic:repository:lastSuccessAt': Date.parse('2022-12-05T10:46:45.110Z'),
        },
      },
    })
    expect(parse('backup/restic-stats', sample('backup/restic/stats.json'))).toMatchObject({
      value: { samples: { 'job:restic:repository:bytes': 443_803 } },
    })
    expect(jobOf('backup/restic-check', sample('backup/restic/check-passed.txt'))).toMatchObject({
      value: { lastResult: null },
    })
  })

  it('is never improved by damage', () => {
    const bytes = sample('backup/restic/snapshots-v1.json')
    const success = successOf('backup/restic-snapshots', bytes)
    for (const [damage, damaged] of mutations(bytes)) {
      // Words of others may stand before an answer that is whole.
      const allowed = HARMLESS.has(damage) ? [success] : damage === 'noise before' ? [null, success] : [null]
      expect(allowed, damage).toContain(successOf('backup/restic-snapshots', damaged))
    }
  })
})

describe('fixtures of restic 0.14', () => {
  const file = (name: string) => fixture(`backup/restic-0.14-${name}`)

  it('judges the check of a whole and of a damaged repository', () => {
    expect(jobOf('backup/restic-check', file('check-passed.txt'))).toMatchObject({ value: { lastResult: null } })
    expect(jobOf('backup/restic-check', file('check-damaged.txt'), 1)).toMatchObject({
      value: { lastResult: 'failed' },
    })
    expect(jobOf('backup/restic-check', file('check-damaged.txt'), 0)).toMatchObject({
      value: { lastResult: 'failed' },
    })
    expect(jobOf('backup/restic-check', Buffer.from('load indexes\n'))).toMatchObject({ error: { code: 'parse' } })
    expect(jobOf('backup/restic-check', new Uint8Array(), 1, file('locked.stderr.txt').toString())).toMatchObject({
      code: 'locked',
    })
  })

  it('makes a refused repository a job that failed', () => {
    const stderr = file('wrong-password.stderr.txt').toString()
    expect(jobOf('backup/restic-snapshots', new Uint8Array(), 1, stderr)).toMatchObject({ code: 'access-denied' })
    expect(jobOf('backup/restic-snapshots', file('empty.json'))).toMatchObject({ value: { copies: 0 } })
    expect(parse('backup/restic-stats', file('stats.json'))).toMatchObject({ ok: true })
  })
})

describe('hook and file drop as sources', () => {
  it('reads lines of several jobs', () => {
    const lines = '{"job":"b","exit":1,"at":5}\n{"job":"a","exit":0,"at":7,"bytes":3}\nnoise\n'
    const parsed = parse('backup/hook', Buffer.from(lines))
    expect(parsed).toMatchObject({
      value: {
        parts: {
          jobs: {
            value: [
              { id: 'hook:a', status: { value: { lastResult: 'success' } } },
              { id: 'hook:b', status: { value: { lastResult: 'failed' } } },
            ],
          },
        },
        samples: { 'job:hook:a:lastSuccessAt': 7, 'job:hook:b:lastSuccessAt': null, 'job:hook:b:lastRunAt': 5 },
      },
    })
    expect(parse('backup/hook', Buffer.from('noise'))).toMatchObject({ error: { code: 'parse' } })
    expect(parse('backup/hook', new Uint8Array())).toMatchObject({ error: { code: 'empty' } })
  })

  it('reads the listing of a folder', () => {
    const listing = [
      { name: 'a.sql', sizeBytes: 5, modifiedAt: NOW - 100_000 },
      { name: 'a.sql.tmp', sizeBytes: 9, modifiedAt: NOW - 90_000 },
    ]
    expect(parse('backup/file-drop', Buffer.from(JSON.stringify(listing)))).toMatchObject({
      value: { samples: { 'job:file-drop:folder:lastSuccessAt': NOW - 100_000, 'job:file-drop:folder:copies': 1 } },
    })
    expect(parse('backup/file-drop', Buffer.from('[{"name":"a"}]'))).toMatchObject({ error: { code: 'parse' } })
  })
})

describe('any bytes', () => {
  it.each(BACKUP_SOURCES.map(({ id }) => id))('%s gives a result', (id) => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .array(
          fc.record({
            time: fc.string(),
            hostname: fc.string(),
            job: fc.string(),
            exit: fc.integer(),
            at: fc.integer(),
            bytes: fc.anything(),
          }),
        )
        .map((all) => Buffer.from(JSON.stringify(all))),
      fc
        .constantFrom(
          '{"job":"a","exit":0,"at":9007199254740993}',
          '[{"time":"0001-01-01T00:00:00Z"}]',
          '{"job":"x","exit":0,"at":1e300}',
        )
        .map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(bytes, fc.option(fc.integer()), fc.string(), (stdout, exitCode, stderr) => {
        const parsed = parse(id, stdout, exitCode, stderr)
        if (parsed.ok) sectionOf<'backup'>('backup', parsed.value)
      }),
      { numRuns: 60 },
    )
  })
})
