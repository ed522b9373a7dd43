/**
 * Real pools on loop devices: btrfs RAID 1 and a ZFS mirror (zfs-fuse), whole, with blocks overwritten behind their backs, scrubbed, and with a
 * member taken away. A scrub that corrected thousands of blocks ends with 0 (notes/real-systems.md 9.3).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Block, BlockContext } from '../block.ts'
import { expectLines, type Line, run } from '../expect.ts'

const MIB = 1024 * 1024

function image(folder: string, name: string, mebibytes: number): string {
  const file = path.join(folder, name)
  fs.closeSync(fs.openSync(file, 'w'))
  fs.truncateSync(file, mebibytes * MIB)
  return file
}

/** Overwrites the middle of an image: labels at both ends stay. */
function damage(file: string, from: number, mebibytes: number): void {
  const handle = fs.openSync(file, 'r+')
  fs.writeSync(handle, Buffer.alloc(mebibytes * MIB, 0xa5), 0, mebibytes * MIB, from * MIB)
  fs.closeSync(handle)
}

async function withBtrfs(folder: string): Promise<readonly Line[]> {
  const files = ['a', 'b'].map((name) => image(folder, `btrfs-${name}`, 200))
  const loops = await Promise.all(files.map(async (file) => (await run('losetup', ['-f', '--show', file])).text.trim()))
  const [first = '', second = ''] = loops
  const mount = path.join(folder, 'btrfs')
  fs.mkdirSync(mount)
  try {
    await run('mkfs.btrfs', ['-q', '-f', '-d', 'raid1', '-m', 'raid1', ...loops])
    await run('mount', ['-o', `device=${first},device=${second}`, first, mount])
    fs.writeFileSync(path.join(mount, 'data'), Buffer.alloc(60 * MIB, 7))
    await run('sync', [])
    const stats = await run('btrfs', ['--format', 'json', 'device', 'stats', mount])
    const show = await run('btrfs', ['filesystem', 'show', mount])
    damage(files[1] ?? '', 70, 100)
    const again = await run('btrfs', ['scrub', 'start', '-B', mount])
    const scrub = await run('btrfs', ['scrub', 'status', mount])
    return [
      ['btrfs stats', stats, 'disk/btrfs-stats', 'disk/pool-errors', ['pass']],
      ['btrfs show', show, 'disk/btrfs-show', 'disk/pool-degraded', ['pass']],
      [`btrfs scrub that ended with ${again.exitCode}`, scrub, 'disk/btrfs-scrub', 'disk/pool-errors', ['warning']],
    ]
  } finally {
    await run('umount', [mount])
    for (const loop of loops) await run('losetup', ['-d', loop])
  }
}

async function startZfs(): Promise<ChildProcess> {
  const daemon = spawn('zfs-fuse', ['--no-daemon'], { stdio: 'ignore' })
  await sleep(3_000)
  return daemon
}

async function withZfs(folder: string): Promise<readonly Line[]> {
  const daemon = await startZfs()
  const files = ['a', 'b'].map((name) => image(folder, `zfs-${name}`, 100))
  const name = `rounds${process.pid}`
  try {
    await run('zpool', ['create', name, 'mirror', ...files])
    fs.writeFileSync(`/${name}/data`, Buffer.alloc(40 * MIB, 7))
    await run('sync', [])
    const good = await run('zpool', ['status', '-v', name])
    const list = await run('zpool', ['list', '-H', name])
    damage(files[1] ?? '', 10, 60)
    await run('zpool', ['scrub', name])
    await sleep(4_000)
    const errors = await run('zpool', ['status', '-v', name])
    await run('zpool', ['offline', name, files[1] ?? ''])
    const degraded = await run('zpool', ['status', '-v', name])
    return [
      ['zpool status', good, 'disk/zpool-status', 'disk/pool-degraded', ['pass']],
      ['zpool status', good, 'disk/zpool-status', 'disk/pool-errors', ['pass']],
      ['zpool list', list, 'disk/zpool-list', 'disk/pool-degraded', ['pass']],
      ['zpool status, checksum errors', errors, 'disk/zpool-status', 'disk/pool-errors', ['warning']],
      ['zpool status, a member offline', degraded, 'disk/zpool-status', 'disk/pool-degraded', ['critical']],
    ]
  } finally {
    await run('zpool', ['destroy', '-f', name])
    daemon.kill('SIGKILL')
  }
}

async function judgeAll({ folder, log, skip }: BlockContext): Promise<void> {
  if (!fs.existsSync('/dev/loop-control')) skip('this machine has no loop devices')
  expectLines(log, [...(await withBtrfs(folder)), ...(await withZfs(folder))])
}

/** The block. */
export const block: Block = {
  name: 'pools',
  packages: ['btrfs-progs', 'zfs-fuse'],
  timeoutMs: 180_000,
  ci: true,
  run: judgeAll,
}
