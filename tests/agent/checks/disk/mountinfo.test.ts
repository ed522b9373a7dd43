/** Which mounts are volumes. SOURCE of the tables: written by us after proc(5) and recorded by hand on Debian 12. */
import { describe, expect, it } from 'vitest'
import { parseFstab, parseMountinfo } from '../../../../agent/checks/disk/mount-table.ts'
import { describeMount, mounts, selectMounts } from '../../../../agent/checks/disk/mountinfo.ts'

const ROOT = '26 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard'
const select = (...lines: string[]) => selectMounts(parseMountinfo(lines.join('\n'))).map((mount) => mount.mount)

describe('selectMounts', () => {
  it.each<[string, string[], string[]]>([
    ['a plain volume', [ROOT], ['/']],
    [
      'kernel file systems',
      [ROOT, '21 26 0:20 / /proc rw - proc proc rw', '30 22 0:27 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755'],
      ['/'],
    ],
    [
      'a snap',
      [ROOT, '50 26 7:3 / /snap/core/1 ro - squashfs /dev/loop3 ro', '51 26 7:4 / /opt/image ro - ext4 /dev/loop4 ro'],
      ['/'],
    ],
    ['a loop volume that is written to', [ROOT, '51 26 7:4 / /opt/image rw - ext4 /dev/loop4 rw'], ['/', '/opt/image']],
    ['bind mounts of one volume', [ROOT, '60 26 254:0 /srv/a /var/a rw - ext4 /dev/vda1 rw'], ['/']],
    [
      'a volume that is only mounted in part',
      [ROOT, '60 26 8:1 /data /srv rw - xfs /dev/sda1 rw', '61 26 8:1 /data/x /srv/x rw - xfs /dev/sda1 rw'],
      ['/', '/srv'],
    ],
    [
      'btrfs subvolumes',
      ['26 1 0:30 /@ / rw - btrfs /dev/sda2 rw', '27 26 0:30 /@home /home rw - btrfs /dev/sda2 rw'],
      ['/'],
    ],
    [
      'a container',
      [
        '26 1 0:99 / / rw - overlay overlay rw',
        '40 26 254:1 /x/hosts /etc/hosts rw - ext4 /dev/vda1 rw',
        '41 26 0:98 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw',
      ],
      ['/'],
    ],
    ['an overlay elsewhere', [ROOT, '41 26 0:98 / /merged rw - overlay overlay rw'], ['/']],
    [
      'network shares',
      [ROOT, '42 26 0:50 / /mnt/nas rw - cifs //nas/share rw', '43 26 0:51 / /mnt/my\\040nfs rw - nfs4 nas:/x rw'],
      ['/', '/mnt/my nfs', '/mnt/nas'],
    ],
    [
      'what user sessions mount',
      [
        ROOT,
        '44 26 0:60 / /run/user/1000/doc rw - fuse.portal portal rw',
        '45 26 0:61 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw',
        '46 26 0:62 / /net rw - autofs systemd-1 rw',
        '47 26 0:4 net:[1] /run/netns/a rw - nsfs nsfs rw',
      ],
      ['/'],
    ],
    [
      'memory that was placed',
      [
        ROOT,
        '48 26 0:70 / /tmp/x rw - tmpfs tmpfs rw,size=1024k',
        '49 26 0:71 / /mnt/ram rw - tmpfs tmpfs rw,size=1024k',
      ],
      ['/', '/mnt/ram', '/tmp/x'],
    ],
    [
      'memory of the system',
      [
        ROOT,
        '48 26 0:70 / /tmp rw - tmpfs tmpfs rw,size=8g',
        '49 26 0:71 / /run/lock rw - tmpfs tmpfs rw,size=5120k',
        '50 26 0:72 / /dev/shm rw - tmpfs tmpfs rw,size=8g',
      ],
      ['/'],
    ],
    [
      'memory without a size, or read-only',
      [ROOT, '48 26 0:70 / /mnt/a rw - tmpfs tmpfs rw', '49 26 0:71 / /mnt/b ro - tmpfs x ro,size=4k'],
      ['/'],
    ],
    [
      'a mount that hides another',
      [ROOT, '48 26 8:1 / /srv rw - ext4 /dev/sda1 rw', '49 26 0:71 / /srv rw - tmpfs t rw'],
      ['/'],
    ],
    ['noise', [ROOT, 'x', ' - ', '1 2 3 - ext4', ''], ['/']],
  ])('%s', (_, lines, want) => {
    expect(select(...lines)).toEqual(want)
  })

  it('takes at most 128', () => {
    const many = Array.from({ length: 300 }, (_, n) => `${n} 26 8:${n} / /m/${n} rw - ext4 /dev/sd${n} rw`)
    expect(select(...many)).toHaveLength(128)
  })
})

describe('describeMount', () => {
  const about = (line: string, fstab: string | null = null) => {
    const [mount] = parseMountinfo(line)
    if (mount === undefined) throw new Error('no mount')
    return describeMount(mount, fstab === null ? null : parseFstab(fstab))
  }

  it.each<[string, string, string | null, boolean, boolean | null]>([
    ['writable', ROOT, '/dev/vda1 / ext4 defaults 0 1', false, false],
    [
      'turned read-only',
      '26 1 8:1 / / rw - ext4 /dev/sda1 ro,errors=remount-ro',
      'UUID=1 / ext4 errors=remount-ro 0 1',
      true,
      false,
    ],
    [
      'newer kernels after an error',
      '26 1 8:1 / / rw - ext4 /dev/sda1 rw,emergency_ro',
      '/dev/sda1 / ext4 defaults 0 1',
      true,
      false,
    ],
    [
      'read-only in fstab',
      '26 1 8:1 / /ref ro - ext4 /dev/sda1 ro',
      '# x\n/dev/sda1\t/ref\text4\tnoatime,ro\t0 2',
      true,
      true,
    ],
    [
      'read-only only in this sandbox',
      '26 1 8:1 / / ro - ext4 /dev/sda1 rw',
      '/dev/sda1 / ext4 defaults 0 1',
      false,
      false,
    ],
    ['not in fstab', '26 1 8:1 / /m ro - ext4 /dev/sda1 ro', '', true, null],
    ['a disc', '26 1 11:0 / /m ro - iso9660 /dev/sr0 ro', null, true, true],
  ])('%s', (_, line, fstab, readOnly, readOnlyExpected) => {
    expect(about(line, fstab)).toMatchObject({ readOnly, readOnlyExpected })
  })

  it('knows the system disk and the network', () => {
    expect(about(ROOT)).toMatchObject({ system: true, network: false, device: '/dev/vda1', fsType: 'ext4' })
    expect(about('1 2 0:9 / /n rw - nfs4 nas:/x rw')).toMatchObject({ system: false, network: true })
  })
})

describe('disk/mounts', () => {
  const parse = (text: string) =>
    mounts.parse({ stdout: Buffer.from(text), stderr: '', exitCode: 0, platform: 'linux', now: 0 })
  it('reads both tables and knows no size', () => {
    for (const text of [ROOT, '/dev/vda1 / ext4 rw,discard 0 0\ntmpfs /run tmpfs rw,size=5k 0 0\n']) {
      expect(parse(text)).toMatchObject({
        ok: true,
        value: { parts: { volumes: { value: [{ mount: '/', size: { state: 'failed', code: 'unsupported' } }] } } },
      })
    }
  })

  it('fails on a table without a root', () => {
    expect(parse('')).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(parse('/dev/sda1 /boot ext4 rw 0 0')).toMatchObject({ ok: false, error: { code: 'parse' } })
  })
})
