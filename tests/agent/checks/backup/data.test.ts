/** Backup tools and held data against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { dataTask } from '../../../../agent/checks/backup/collect-data.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { sectionOf } from '../../../support/sections.ts'

async function collect(table: FakeTable) {
  const watch = { watches: [], hookFolder: '/hooks' }
  const context = { probe: fakeProbe(table), now: 0, off: new Set<string>(), memo: new Map(), watch }
  return { section: sectionOf<'backup'>('backup', await dataTask.collect(context)) }
}

describe('tools and data', () => {
  const bare: FakeTable = { files: { '/usr/bin/rsync': '', '/bin/sh': '' }, folders: { '/': [] } }

  it.each<[string, FakeTable, object]>([
    ['nothing seen', bare, { value: { holds: false, reason: 'none-seen' } }],
    [
      'a database',
      { ...bare, files: { ...bare.files, '/var/lib/postgresql/15/main/PG_VERSION': '15' } },
      { value: { holds: true, reason: 'databases' } },
    ],
    [
      'a web site',
      { ...bare, files: { ...bare.files, '/var/www/html/wp-config.php': '' } },
      { value: { holds: true, reason: 'shares' } },
    ],
    [
      'the default page',
      { ...bare, files: { ...bare.files, '/var/www/html/index.html': '' } },
      { value: { holds: false } },
    ],
    [
      'a share',
      { ...bare, files: { ...bare.files, '/etc/samba/smb.conf': '[global]\n[Daten]\n' } },
      { value: { holds: true, reason: 'shares' } },
    ],
    [
      'mail',
      { ...bare, files: { ...bare.files, '/var/mail/anna': 'From x' } },
      { value: { holds: true, reason: 'mail' } },
    ],
    [
      'mail to root only',
      { ...bare, files: { ...bare.files, '/var/mail/root': 'From cron' } },
      { value: { holds: false } },
    ],
    [
      'a home refused',
      {
        ...bare,
        files: { ...bare.files, '/home/anna/x': '' },
        folders: { ...bare.folders, '/home/anna': { code: 'access-denied', detail: 'no' } },
      },
      { code: 'access-denied' },
    ],
    [
      "a folder of somebody's own",
      { ...bare, folders: { '/': [{ name: 'archive', kind: 'folder' }] } },
      { state: 'failed', code: 'unsupported' },
    ],
    [
      'something mounted',
      { ...bare, files: { ...bare.files, '/mnt/nas/x': '' } },
      { state: 'failed', code: 'unsupported' },
    ],
  ])('%s', async (_, table, want) => expect((await collect(table)).section.holdsData).toMatchObject(want))

  it('counts files of people without their names', async () => {
    const files = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`/home/anna/Documents/secret-${n}.odt`, '']))
    const { section } = await collect({ ...bare, files: { ...bare.files, ...files } })
    expect(section.holdsData).toMatchObject({ value: { holds: true, reason: 'home-folders' } })
    expect(JSON.stringify(section)).not.toMatch(/anna|secret/)
    const few = { '/home/anna/Documents/a': '', '/home/anna/.config/b': '' }
    expect((await collect({ ...bare, files: { ...bare.files, ...few } })).section.holdsData).toMatchObject({
      value: { holds: false },
    })
  })

  it('names known tools, and says when it could not look', async () => {
    expect((await collect({ files: { '/usr/bin/borg': '', '/usr/bin/rsync': '' } })).section.tools).toMatchObject({
      value: [{ id: 'borg' }],
    })
    expect((await collect(bare)).section.tools).toMatchObject({ state: 'value', value: [] })
    expect((await collect({})).section.tools).toMatchObject({ code: 'empty' })
    const refused = { folders: { '/usr/bin': { code: 'access-denied', detail: 'no' } } } as const
    expect((await collect(refused)).section.tools).toMatchObject({ code: 'access-denied' })
  })
})
