/** The parsers of the system check. SOURCE of the texts: written by us after os-release(5), proc(5), sysfs-class-power, SMBIOS DSP0134. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SYSTEM_SOURCES } from '../../../../agent/checks/system/index.ts'
import { parseOsRelease } from '../../../../agent/checks/system/os-release.ts'
import {
  busyPermille,
  parseBootedAt,
  parseCpuTicks,
  parseLoadCenti,
  parseMeminfo,
  parseUptimeSeconds,
} from '../../../../agent/checks/system/proc.ts'
import {
  guessVirtualization,
  parseDetectVirt,
  type VirtualizationClues,
} from '../../../../agent/checks/system/virtualization.ts'
import type { OsFacts } from '../../../../shared/checks/system.ts'
import { HARMLESS, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

describe('os-release', () => {
  it.each<[string, string, Partial<OsFacts>]>([
    [
      'quotes of both kinds and none',
      `ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID='12'\n`,
      { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12' },
    ],
    ['a rolling release', 'NAME="Arch Linux"\nID=arch\n', { id: 'arch', name: 'Arch Linux', version: null }],
    [
      'a derivative keeps its own name',
      'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\nPRETTY_NAME="Linux Mint 21.3"\n',
      { id: 'linuxmint', version: '21.3' },
    ],
    ['escapes', 'ID=x\nPRETTY_NAME="A \\"B\\" \\$C"\n', { name: 'A "B" $C' }],
    [
      'comments and noise',
      '# ID=wrong\nnoise\nID=alpine\nVERSION_ID=3.22.1\n',
      { id: 'alpine', name: 'alpine', version: '3.22.1' },
    ],
    ['no ID', 'NAME=Homemade\n', { id: 'linux', name: 'Homemade' }],
    ['an empty version is none', 'ID=debian\nVERSION_ID=""\n', { version: null }],
  ])('%s', (_, text, want) => {
    expect(parseOsRelease(text, '6.1.0')).toMatchObject({
      ok: true,
      value: { ...want, family: 'linux', kernel: '6.1.0', build: null, edition: null },
    })
  })

  it.each([
    ['', 'empty'],
    ['VERSION_ID=12', 'parse'],
    ['<html>', 'parse'],
  ])('%s is %s', (text, code) => {
    expect(parseOsRelease(text, null)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('/proc', () => {
  const STAT = 'cpu  100 0 50 800 40 5 5 0 0 0\ncpu0 1 2 3 4\nbtime 1795578725\n'
  it('reads memory in bytes', () => {
    const text = 'MemTotal:       24683620 kB\nMemAvailable:   24298716 kB\nSwapTotal:             0 kB\n'
    expect([parseMeminfo(text, 'MemTotal'), parseMeminfo(text, 'SwapTotal'), parseMeminfo(text, 'SwapFree')]).toEqual([
      25_276_026_880,
      0,
      null,
    ])
  })

  it('does not count waiting for a disk as work', () => {
    expect(parseCpuTicks(STAT)).toEqual({ busy: 160, total: 1_000 })
    expect(parseCpuTicks('intr 1 2 3')).toBeNull()
  })

  it.each([
    [{ busy: 0, total: 0 }, { busy: 25, total: 100 }, 250],
    [{ busy: 25, total: 100 }, { busy: 25, total: 100 }, null],
    [{ busy: 50, total: 100 }, { busy: 25, total: 200 }, null],
  ])('busy from %o to %o', (before, after, want) => {
    expect(busyPermille(before, after)).toBe(want)
  })

  it('reads load, uptime and boot as integers', () => {
    expect([
      parseLoadCenti('1.68 0.90 0.40 2/300 999\n'),
      parseUptimeSeconds('1980.42 3000.10\n'),
      parseBootedAt(STAT),
    ]).toEqual([168, 1_980, 1_795_578_725_000])
    expect([parseLoadCenti(''), parseUptimeSeconds('x'), parseBootedAt('btime 0')]).toEqual([null, null, null])
  })
})

describe('virtualization', () => {
  it.each([
    ['none\n', { kind: 'none', container: false }],
    ['kvm\n', { kind: 'kvm', container: false }],
    ['lxc\n', { kind: 'lxc', container: true }],
    ['wsl\n', { kind: 'wsl', container: true }],
    ['container-other\n', { kind: 'unknown-container', container: true }],
  ])('systemd-detect-virt: %s', (text, value) => {
    expect(parseDetectVirt(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'empty'],
    ['Failed to connect to bus', 'parse'],
  ])('no word: %s', (text, code) => {
    expect(parseDetectVirt(text)).toMatchObject({ ok: false, error: { code } })
  })

  const nothing: VirtualizationClues = {
    container: null,
    dockerenv: false,
    containerenv: false,
    cgroup: null,
    kernelVersion: null,
    dmi: null,
    cpuinfo: null,
  }
  it.each<[string, Partial<VirtualizationClues>, object | null]>([
    ['no clue at all', {}, null],
    ['bare metal', { dmi: 'Dell Inc.\nPowerEdge', cpuinfo: 'flags : fpu vme' }, { kind: 'none', container: false }],
    ['the environment of process 1', { container: 'lxc', dmi: 'QEMU' }, { kind: 'lxc', container: true }],
    ['an unknown engine', { container: 'mystery' }, { kind: 'unknown-container', container: true }],
    ['a docker file', { dockerenv: true }, { kind: 'docker', container: true }],
    ['a podman file', { containerenv: true }, { kind: 'podman', container: true }],
    [
      'a control group',
      { cgroup: '0::/system.slice/docker-abc.scope\n1:cpu:/docker/abc\n' },
      { kind: 'docker', container: true },
    ],
    ['WSL', { kernelVersion: 'Linux version 5.15.90.1-microsoft-standard-WSL2' }, { kind: 'wsl', container: true }],
    ['VMware', { dmi: 'VMware, Inc.\nVMware Virtual Platform' }, { kind: 'vmware', container: false }],
    [
      'Hyper-V, and not a Surface',
      { dmi: 'Microsoft Corporation\nVirtual Machine' },
      { kind: 'microsoft', container: false },
    ],
    ['a Surface', { dmi: 'Microsoft Corporation\nSurface Pro 9' }, { kind: 'none', container: false }],
    ['Proxmox', { dmi: 'QEMU\nStandard PC (i440FX + PIIX, 1996)' }, { kind: 'qemu', container: false }],
    [
      'only the processor tells',
      { cpuinfo: 'flags\t\t: fpu hypervisor lahf_lm' },
      { kind: 'vm-other', container: false },
    ],
  ])('%s', (_, clues, want) => {
    expect(guessVirtualization({ ...nothing, ...clues })).toEqual(want)
  })
})

describeWithSamples('recorded os-release', () => {
  const parse = (stdout: Uint8Array) =>
    SYSTEM_SOURCES[0]?.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
  it.each([
    ['archlinux', 'arch', null],
    ['debian', 'debian', '10'],
    ['sles15', 'sles', '15'],
    ['ubuntu', 'ubuntu', '18.04'],
  ])('%s', (name, id, version) => {
    expect(parse(sample(`patch/os-release/${name}.txt`))).toMatchObject({
      ok: true,
      value: { parts: { os: { value: { id, version } } } },
    })
  })

  it.each(listSamples('patch/os-release'))('%s: damage invents no version', (name) => {
    const bytes = sample(name)
    const original = parse(bytes)
    for (const [what, damaged] of mutations(bytes)) {
      const result = parse(damaged)
      if (HARMLESS.has(what)) expect(result, what).toEqual(original)
      const os = result?.ok && result.value.parts.os?.state === 'value' ? result.value.parts.os.value : null
      if (os?.version != null)
        expect(original, what).toMatchObject({ value: { parts: { os: { value: { version: os.version } } } } })
    }
  })
})

describe('any bytes', () => {
  it.each(SYSTEM_SOURCES)('$id gives a result that holds to the schema', (source) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 600 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (stdout) => {
          const result = source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
          if (result.ok) sectionOf('system', result.value)
        },
      ),
    )
  })

  it.each(SYSTEM_SOURCES)('$id is quick on 1 MiB made to backtrack', (source) => {
    for (const piece of ['ID="', 'A="\\"', "NAME='x\n", 'ID=a\n', '{"cpu":', '-', 'kvm', ' ', '0123456789', 'x']) {
      const stdout = Buffer.from(piece.repeat(Math.ceil((1024 * 1024) / piece.length)))
      const before = performance.now()
      source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
      expect(performance.now() - before, piece).toBeLessThan(3_000)
    }
  })
})
