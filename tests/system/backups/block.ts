/**
 * Real restic, borg, borgmatic and rsnapshot: a good run, one that misses its source, one that cannot read a file, a lock, a wrong password, a
 * damaged repository. Exit codes lie (notes/real-systems.md 4 and 9): what the parsers and rules make of the outputs does not.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Block, BlockContext } from '../block.ts'
import { expectLines, type Line, run } from '../expect.ts'

/** Files to save, in a folder of their own. */
function makeSource(folder: string): string {
  const source = path.join(folder, 'source')
  fs.mkdirSync(source)
  for (let at = 0; at < 20; at += 1) fs.writeFileSync(path.join(source, `file-${at}`), `content ${at}\n`.repeat(500))
  return source
}

async function withRestic(folder: string, source: string): Promise<readonly Line[]> {
  const env = { RESTIC_REPOSITORY: path.join(folder, 'restic'), RESTIC_PASSWORD: 'secret' }
  const restic = (...args: readonly string[]) => run('restic', args, env)
  await restic('init')
  const good = await restic('backup', '--json', source)
  const missing = await restic('backup', '--json', source, path.join(folder, 'no-such-folder'))
  const snapshots = await restic('snapshots', '--no-lock', '--json')
  const checked = await restic('check')
  const wrong = await run('restic', ['snapshots', '--no-lock', '--json'], { ...env, RESTIC_PASSWORD: 'wrong' })
  const nowhere = await run('restic', ['snapshots', '--json'], {
    ...env,
    RESTIC_REPOSITORY: path.join(folder, 'nowhere'),
  })
  const packs = fs.readdirSync(path.join(folder, 'restic/data'), { recursive: true, withFileTypes: true })
  const pack = packs.find((entry) => entry.isFile())
  if (pack !== undefined) fs.writeFileSync(path.join(pack.parentPath, pack.name), 'damaged')
  const damaged = await restic('check', '--read-data')
  return [
    ['restic snapshots', snapshots, 'backup/restic-snapshots', 'backup/too-old', ['pass']],
    ['restic snapshots, wrong password', wrong, 'backup/restic-snapshots', 'backup/too-old', ['unknown']],
    ['restic snapshots, no repository', nowhere, 'backup/restic-snapshots', 'backup/too-old', ['unknown']],
    ['restic backup', good, 'backup/restic-backup', 'backup/last-run-failed', ['pass']],
    // Exit 0 and a snapshot, though one of two folders was not there: the text alone tells.
    ['restic backup, a folder is missing', missing, 'backup/restic-backup', 'backup/last-run-failed', ['info']],
    ['restic check', checked, 'backup/restic-check', 'backup/last-run-failed', ['not-applicable']],
    ['restic check, damaged', damaged, 'backup/restic-check', 'backup/last-run-failed', ['warning']],
  ]
}

async function withBorg(folder: string, source: string): Promise<readonly Line[]> {
  const repository = path.join(folder, 'borg')
  const env = {
    BORG_REPO: repository,
    BORG_BASE_DIR: path.join(folder, 'borg-base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  }
  const borg = (...args: readonly string[]) => run('borg', args, env)
  await borg('init', '--encryption=none')
  const empty = await borg('list', '--json')
  const good = await borg('create', '--json', '::first', source)
  const partial = await borg('create', '--log-json', '--json', '::second', source, path.join(folder, 'no-such-folder'))
  const list = await borg('list', '--json')
  const info = await borg('info', '--json', '--last', '1')
  const nowhere = await run('borg', ['list', '--json'], { ...env, BORG_REPO: path.join(folder, 'nowhere') })
  return [
    ['borg list, no archive', empty, 'backup/borg-list', 'backup/too-old', ['unknown']],
    ['borg list', list, 'backup/borg-list', 'backup/too-old', ['pass']],
    ['borg list, no repository', nowhere, 'backup/borg-list', 'backup/too-old', ['unknown']],
    ['borg info', info, 'backup/borg-info', 'backup/too-old', ['pass']],
    ['borg create', good, 'backup/borg-info', 'backup/too-old', ['pass']],
    [
      'borg create, a folder is missing',
      { ...partial, stdout: Buffer.from(partial.stderr) },
      'backup/borg-log',
      'backup/last-run-failed',
      ['info'],
    ],
  ]
}

async function withRsnapshot(folder: string, source: string): Promise<readonly Line[]> {
  const log = path.join(folder, 'rsnapshot.log')
  const root = path.join(folder, 'rsnapshot')
  fs.mkdirSync(root)
  const configure = (from: string) => {
    const file = path.join(folder, 'rsnapshot.conf')
    const words = [
      ['config_version', '1.2'],
      ['snapshot_root', `${root}/`],
      ['cmd_rsync', '/usr/bin/rsync'],
      ['cmd_cp', '/bin/cp'],
      ['cmd_rm', '/bin/rm'],
      ['retain', 'alpha', '2'],
      ['logfile', log],
      ['loglevel', '3'],
      ['lockfile', path.join(folder, 'rsnapshot.pid')],
      ['backup', `${from}/`, 'localhost/'],
    ]
    fs.writeFileSync(file, `${words.map((line) => line.join('\t')).join('\n')}\n`)
    return file
  }
  await run('rsnapshot', ['-c', configure(source), 'alpha'])
  const good = fs.readFileSync(log)
  await run('rsnapshot', ['-c', configure(path.join(folder, 'no-such-folder')), 'alpha'])
  const failed = fs.readFileSync(log)
  const output = (stdout: Buffer) => ({ stdout, stderr: '', exitCode: 0 })
  return [
    ['rsnapshot', output(good), 'backup/rsnapshot-log', 'backup/last-run-failed', ['pass']],
    ['rsnapshot, no source', output(failed), 'backup/rsnapshot-log', 'backup/last-run-failed', ['warning']],
  ]
}

async function judgeAll({ folder, log }: BlockContext): Promise<void> {
  const source = makeSource(folder)
  const restic = await withRestic(folder, source)
  const borg = await withBorg(folder, source)
  expectLines(log, [...restic, ...borg, ...(await withRsnapshot(folder, source))])
}

/** The block. */
export const block: Block = {
  name: 'backups',
  packages: ['restic', 'borgbackup', 'rsnapshot', 'rsync'],
  timeoutMs: 240_000,
  ci: true,
  run: judgeAll,
}
