/**
 * A Debian server on which nothing happens but time: its clock, load, temperatures and free space move, package lists are
 * refreshed, signatures arrive and backups run. What the tools print is made for each moment.
 */
import { formatHookLine } from '../../agent/checks/backup/hook.ts'
import type { Probe } from '../../agent/probe/probe.ts'
import type { Watch } from '../../agent/watch-config.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../shared/units.ts'
import { type FakeTable, fakeProbe } from './fake-probe.ts'
import { fixture } from './fixture.ts'

/** What its own configuration names: a nightly dump in a folder, a script that reports, a restic repository. */
export const DEBIAN_WATCHES: readonly Watch[] = [
  { kind: 'file-drop', name: 'db', folder: '/drop', pattern: '*.sql', minSizeBytes: 10, everyMs: null },
  { kind: 'hook', name: 'nightly', everyMs: DAY_MS, partialExits: [] },
  {
    kind: 'restic',
    name: 'offsite',
    repository: 'sftp:backup@nas.example:/repo',
    passwordFile: '/root/pw',
    everyMs: DAY_MS,
    offsite: true,
    host: 'srv-01',
  },
]

const texts = new Map<string, string>()
function text(name: string): string {
  const known = texts.get(name) ?? fixture(name).toString('utf8')
  texts.set(name, known)
  return known
}

const DUMP = '--\n-- PostgreSQL database dump\n--\nx\n-- PostgreSQL database dump complete\n'
const SOCKETS = '  sl  local_address rem_address   st\n'
const LISTS = '/var/lib/apt/lists'
const SIMULATE =
  'apt-get -s -o Debug::NoLocking=true -o APT::Get::Show-User-Simulation-Note=false -o Dir::Log::Planner=/dev/null'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The newest moment of a rhythm. */
const last = (now: EpochMs, everyMs: number) => now - (now % everyMs)
/** A number that wanders a little with time, never twice the same way. */
const wander = (now: EpochMs, spread: number) => Math.round(spread * (0.5 + 0.5 * Math.sin(now / 977_000)))

/** A ClamAV database header of a moment (clamav-devel, cvd.c: 512 bytes, fields between colons). */
function signatures(at: EpochMs): string {
  const when = new Date(at)
  const date = `${when.getUTCDate()} ${MONTHS[when.getUTCMonth()]} ${when.getUTCFullYear()}`
  const clock = when.toISOString().slice(11, 16).replace(':', '-')
  return `ClamAV-VDB:${date} ${clock} +0000:${Math.floor(at / HOUR_MS)}:2:90:md5:sig:builder:`.padEnd(512, ' ')
}

function smart(now: EpochMs): string {
  return JSON.stringify({
    smartctl: { exit_status: 0 },
    device: { name: '/dev/sda', type: 'sat', protocol: 'ATA' },
    model_name: 'WDC WD40',
    serial_number: 'WD-1',
    rotation_rate: 5400,
    user_capacity: { bytes: 4_000_000_000_000 },
    smart_status: { passed: true },
    temperature: { current: 30 + wander(now, 8) },
    power_on_time: { hours: Math.floor(now / HOUR_MS) - 450_000 },
    local_time: { time_t: Math.floor(now / 1_000) },
  })
}

function snapshots(now: EpochMs): string {
  const newest = last(now, DAY_MS)
  const one = (at: EpochMs) => ({
    time: new Date(at).toISOString(),
    hostname: 'srv-01',
    paths: ['/srv'],
    id: at.toString(16).padStart(64, '0'),
    short_id: at.toString(16).slice(0, 8),
  })
  return JSON.stringify([2, 1, 0].map((ago) => one(newest - ago * DAY_MS)))
}

/** `chronyc -c tracking` (chrony 4.3): the offset is never twice the same. */
function tracking(now: EpochMs): string {
  const offset = `0.${String(10 + wander(now, 900)).padStart(6, '0')}000`
  const at = `${Math.floor(now / 1_000)}.123456789`
  return `A29FC87B,162.159.200.123,4,${at},${offset},${offset},0.000021,-10.1,0.001,0.05,0.012,0.001,64.3,Normal\n`
}

const kernelFiles = (now: EpochMs, bootedAt: EpochMs) => ({
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  '/proc/1/comm': 'systemd\n',
  '/proc/sys/kernel/hostname': 'srv-01\n',
  '/proc/sys/kernel/osrelease': '6.1.0-40-amd64\n',
  '/proc/sys/kernel/random/boot_id': '7a1f9c7e-0000-4000-8000-000000000001\n',
  '/proc/stat': `cpu  ${now % 10_000_000} 0 0 ${now % 100_000_000} 0 0 0 0 0 0\nbtime ${Math.floor(bootedAt / 1_000)}\n`,
  '/proc/meminfo': `MemTotal: 8000000 kB\nMemAvailable: ${5_000_000 + wander(now, 900_000)} kB\nSwapTotal: 1000 kB\nSwapFree: ${wander(now, 900)} kB\n`,
  '/proc/loadavg': `0.${10 + wander(now, 80)} 0.10 0.05 1/100 ${now % 30_000}\n`,
  '/proc/uptime': `${Math.floor((now - bootedAt) / 1_000)}.00 90.00\n`,
  '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: Intel(R) Xeon(R) E-2224\n',
  '/proc/mdstat': 'Personalities : [raid1]\nunused devices: <none>\n',
  '/proc/mounts': '/dev/sda1 / ext4 rw 0 0\n',
  '/proc/self/mountinfo': '26 1 8:1 / / rw - ext4 /dev/sda1 rw\n',
  '/proc/net/tcp': `${SOCKETS}   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 5 1\n`,
  '/proc/net/tcp6': SOCKETS,
  '/etc/fstab': '/dev/sda1 / ext4 defaults 0 1\n',
  '/sys/fs/ext4/sda1/errors_count': '0\n',
  '/sys/class/dmi/id/sys_vendor': 'Dell Inc.\n',
  '/sys/class/dmi/id/product_name': 'PowerEdge T140\n',
  '/sys/class/dmi/id/product_serial': 'ABC1234\n',
  '/sys/class/dmi/id/chassis_type': '17\n',
  '/sys/class/dmi/id/bios_date': '03/15/2022\n',
  '/sys/block/sda/size': '7812500000\n',
  '/sys/block/sda/removable': '0\n',
  '/sys/block/sda/dev': '8:0\n',
  '/sys/block/sda/queue/rotational': '1\n',
})

const serviceFiles = (now: EpochMs) => ({
  '/run/systemd/system/x': '',
  '/usr/bin/unattended-upgrade': '',
  '/boot/vmlinuz-6.1.0-40-amd64': '',
  [`${LISTS}/deb_bookworm_InRelease`]: 'Label: Debian\n',
  [`${LISTS}/deb_bookworm-security_InRelease`]: 'Label: Debian-Security\n',
  '/var/log/apt/history.log': text('patch/apt-history.log'),
  '/proc/8/comm': 'clamd\n',
  '/proc/9/comm': 'freshclam\n',
  '/usr/sbin/clamd': '',
  '/proc/7/comm': 'chronyd\n',
  '/proc/6/comm': 'sshd\n',
  '/usr/bin/restic': '',
  '/var/lib/postgresql/15': '',
  '/var/lib/clamav/daily.cld': signatures(last(now, 4 * HOUR_MS)),
  '/drop/a.sql': DUMP,
  '/drop/b.sql': DUMP,
})

const LINKS: NonNullable<FakeTable['links']> = {
  '/sys/dev/block/8:1': '../../devices/x/block/sda/sda1',
  '/etc/localtime': '/usr/share/zoneinfo/Europe/Zurich',
  '/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer': '/lib/systemd/system/apt-daily-upgrade.timer',
  '/etc/systemd/system/multi-user.target.wants/ufw.service': '/lib/systemd/system/ufw.service',
}

/** What the programs answer. */
const commandsAt = (now: EpochMs): NonNullable<FakeTable['exec']> => ({
  'smartctl --scan-open --json=c': JSON.stringify({
    smartctl: { exit_status: 0 },
    devices: [{ name: '/dev/sda', type: 'sat' }],
  }),
  smartctl: smart(now),
  'systemd-detect-virt': { stdout: 'none\n', exitCode: 1 },
  [`${SIMULATE} dist-upgrade`]: text('patch/apt-simulate-none.txt'),
  [`${SIMULATE} --ignore-hold dist-upgrade`]: text('patch/apt-simulate-none.txt'),
  'apt-mark showhold': '',
  'dpkg --audit': '',
  'apt-config dump': text('patch/apt-config-unattended.txt'),
  ufw: 'Status: active\nDefault: deny (incoming), allow (outgoing)\n',
  restic: snapshots(now),
  sshd: text('posture/sshd-T-debian12.txt'),
  chronyc: tracking(now),
})

function tableAt(now: EpochMs, bootedAt: EpochMs, hookFolder: string): FakeTable {
  const night = last(now, DAY_MS)
  const ran = formatHookLine({
    job: 'nightly',
    exit: 0,
    at: night,
    bytes: 1_000_000 + (night % 977),
    durationSeconds: 61,
  })
  const free = 30_000_000_000 + wander(now, 4_000_000_000)
  const listed = { modifiedAt: last(now, 6 * HOUR_MS) }
  return {
    exec: commandsAt(now),
    files: {
      ...kernelFiles(now, bootedAt),
      ...serviceFiles(now),
      [`${hookFolder}/nightly.jsonl`]: ran,
    },
    links: LINKS,
    stats: {
      [`${LISTS}/deb_bookworm_InRelease`]: listed,
      [`${LISTS}/deb_bookworm-security_InRelease`]: listed,
      '/drop/a.sql': { sizeBytes: DUMP.length, modifiedAt: night - DAY_MS },
      '/drop/b.sql': { sizeBytes: DUMP.length, modifiedAt: night },
      '/': { kind: 'folder', device: 2_049 },
    },
    volumes: {
      '/': {
        totalBytes: 100_000_000_000,
        freeBytes: free,
        availableBytes: free,
        inodesTotal: 1_000_000,
        inodesFree: 900_000 - wander(now, 5_000),
      },
    },
    sockets: { '/run/clamav/clamd.ctl': 'PONG\0' },
  }
}

/** @param now the clock that the machine lives by. It was booted a week earlier. */
export function debianProbe(now: () => EpochMs, hookFolder: string): Probe {
  const bootedAt = now() - 7 * DAY_MS
  let kept: { readonly at: EpochMs; readonly probe: Probe } | null = null
  const at = () => {
    const moment = now()
    if (kept?.at !== moment) kept = { at: moment, probe: fakeProbe(tableAt(moment, bootedAt, hookFolder)) }
    return kept.probe
  }
  return {
    platform: 'linux',
    exec: (program, args, options) => at().exec(program, args, options),
    has: (program) => at().has(program),
    readFile: (path, options) => at().readFile(path, options),
    list: (path) => at().list(path),
    stat: (path, options) => at().stat(path, options),
    readLink: (path) => at().readLink(path),
    statVolume: (mount, options) => at().statVolume(mount, options),
    ask: (path, question, options) => at().ask(path, question, options),
  }
}
