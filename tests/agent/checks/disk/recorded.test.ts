/** Outputs that we recorded ourselves (tests/fixtures/disk/SOURCE.md): smartctl 7.3 and a mount table of Debian 12. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mounts } from '../../../../agent/checks/disk/mountinfo.ts'
import { smartctl } from '../../../../agent/checks/disk/smartctl.ts'
import { smartctlScan } from '../../../../agent/checks/disk/smartctl-scan.ts'

const input = (name: string, exitCode: number) => ({
  stdout: readFileSync(join(import.meta.dirname, '../../../fixtures/disk', name)),
  stderr: '',
  exitCode,
  platform: 'linux' as const,
  now: 0,
})

describe('smartctl 7.3', () => {
  it('finds no drive in a virtual machine, which is no failure', () => {
    expect(smartctlScan.parse(input('smartctl-7.3-scan-none.json', 0))).toMatchObject({
      ok: true,
      value: { parts: { drives: { state: 'value', value: [] } } },
    })
  })

  it.each([
    ['smartctl-7.3-not-permitted-exit2.json', '/dev/vda', 'access-denied'],
    ['smartctl-7.3-no-such-device-exit2.json', '/dev/nope', 'exit'],
    ['smartctl-7.3-text.txt', '/dev/vda', 'access-denied'],
  ])('%s names the drive and why it told nothing', (name, device, code) => {
    expect(smartctl.parse(input(name, 2))).toMatchObject({
      ok: true,
      value: { parts: { drives: { value: [{ device, smart: { state: 'failed', code } }] } } },
    })
  })

  it.each([['smartctl-7.3-bad-option-exit1.json', 1, 'exit']])('%s is a failure as a whole', (name, exitCode, code) => {
    expect(smartctl.parse(input(name, exitCode))).toMatchObject({ ok: false, error: { code } })
  })
})

describe('a mount table of Debian 12', () => {
  it('has one volume among two dozen mounts', () => {
    expect(mounts.parse(input('mountinfo-debian12-vm.txt', 0))).toMatchObject({
      ok: true,
      value: {
        parts: {
          volumes: { value: [{ mount: '/', device: '/dev/vda', fsType: 'ext4', system: true, readOnly: false }] },
        },
      },
    })
  })
})
