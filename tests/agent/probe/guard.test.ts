/** Operations that never return: on files of this process, and behind a dead network mount. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isBelow, networkMounts } from '../../../agent/checks/network-mounts.ts'
import { Guard } from '../../../agent/probe/guard.ts'
import { createSystemProbe } from '../../../agent/probe/system.ts'
import { ok } from '../../../shared/result.ts'
import { tempFolder } from '../../support/tmp.ts'

const never = () => new Promise<never>(() => {})

describe('Guard', () => {
  it('answers timeout, then hung, until the operation returns', async () => {
    const guard = new Guard()
    let release = () => {}
    const slow = () => new Promise<ReturnType<typeof ok<string>>>((resolve) => (release = () => resolve(ok('late'))))
    expect(await guard.run('/mnt/a', 20, slow)).toMatchObject({ ok: false, error: { code: 'timeout' } })
    expect(await guard.run('/mnt/a', 20, async () => ok('x'))).toMatchObject({ ok: false, error: { code: 'hung' } })
    release()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await guard.run('/mnt/a', 20, async () => ok('x'))).toEqual(ok('x'))
  })

  it('keeps the files of the kernel readable when two operations are stuck', async () => {
    const guard = new Guard()
    await Promise.all([guard.run('/mnt/a', 10, never), guard.run('/mnt/b', 10, never)])
    expect(await guard.run('/srv/c', 10, async () => ok(1))).toMatchObject({ ok: false, error: { code: 'hung' } })
    expect(await guard.run('/proc/stat', 10, async () => ok(1))).toEqual(ok(1))
  })
})

describe('a network mount whose server is dead', () => {
  it('hangs a child, not the agent', { timeout: 20_000 }, async () => {
    const script = join(tempFolder('dead-mount'), 'child.mjs')
    writeFileSync(script, 'setInterval(() => {}, 1000)')
    const probe = createSystemProbe({ children: { 'rounds-mount': script } })
    const asked = probe.statVolume('/mnt/dead', { network: true })
    // The agent goes on while the child hangs.
    expect(await probe.readFile('/proc/uptime')).toMatchObject({ ok: true })
    expect(await asked).toMatchObject({ ok: false, error: { code: 'timeout' } })
  })
})

describe('networkMounts', () => {
  const MOUNTINFO = [
    '26 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
    '40 26 0:45 / /srv/my\\040share rw shared:1 - nfs4 nas:/export rw,vers=4.2',
    '41 26 0:46 / /home/u/cloud rw - fuse.sshfs u@h: rw',
    'broken line - nfs',
  ].join('\n')

  it('finds them, with blanks in their names', () => {
    expect(networkMounts(MOUNTINFO)).toEqual(['/srv/my share', '/home/u/cloud'])
  })

  it('covers a mount and what is below it, and no neighbour', () => {
    const mounts = ['/srv/share']
    expect(['/srv/share', '/srv/share/a/b', '/srv/shared', '/srv'].map((path) => isBelow(path, mounts))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
