/** Recordings of Windows, macOS, clocks and UPS through their sources: damage never improves one, and a megabyte of noise costs little. */
import { describe, expect, it } from 'vitest'
import { POSTURE_SOURCES } from '../../../../agent/checks/posture/index.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { parsePosture, told } from './parse.ts'

/** Name, source, reviewed value, and whether a rule passes it. */
const RECORDED: readonly (readonly [string, string, unknown, boolean])[] = [
  ['firewall/win10-StandardProfile.utf16.reg', 'windows-firewall-registry', { code: 'parse' }, false],
  [
    'firewall/macos-alf-globalstate.txt',
    'socketfilterfw',
    { tool: 'application-firewall', enabled: true, startsAtBoot: true, inbound: 'drop' },
    true,
  ],
  [
    'encryption/win10-Win32_EncryptableVolume.utf16.txt',
    'windows-encryptable-volumes',
    [{ mount: 'C:', system: true, state: 'protected', method: 'aes-256' }],
    true,
  ],
  [
    'encryption/Get-BitLockerVolume-list.extract.txt',
    'windows-bitlocker',
    [{ mount: 'C:', system: true, state: 'protected', method: 'xts-aes-128' }],
    true,
  ],
  [
    'encryption/Get-BitLockerVolume-table.extract.txt',
    'windows-bitlocker',
    [
      { mount: 'D:', system: false, state: 'encrypting', method: null },
      { mount: 'E:', system: false, state: 'off', method: null },
      { mount: 'C:', system: true, state: 'off', method: null },
      { mount: 'F:', system: false, state: 'off', method: null },
      { mount: 'G:', system: false, state: 'off', method: null },
    ],
    false,
  ],
  ['hardware/Get-Tpm.extract.txt', 'windows-tpm', { secureBoot: null, tpm: '2.0' }, true],
  ['time/w32tm-stratum4-synced.txt', 'w32tm', { synchronized: true, tool: 'w32time', enabled: true }, true],
  ['time/w32tm-unsynced.txt', 'w32tm', { synchronized: false, tool: 'w32time', enabled: true }, false],
  ['ups/nut-apc-smart-ups-1500.txt', 'nut', [{ name: 'apc-ups', status: 'online', replaceBattery: false }], true],
  ['users/quser-german-date.txt', 'windows-accounts', { code: 'parse' }, false],
  ['hardware/Win32_Bios-proxmox.utf16.txt', 'windows-tpm', { code: 'parse' }, false],
]

/** What some rule of the room could pass: protected through and through, on, kept, on mains. */
function isGood(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length > 0 && value.every((one) => one.state === 'protected' || one.status === 'online')
  if (typeof value !== 'object' || value === null || 'code' in value) return false
  const { enabled, inbound, synchronized } = value as { [key: string]: unknown }
  return synchronized === undefined ? enabled === true && inbound === 'drop' : synchronized === true
}

describeWithSamples('recorded outputs', () => {
  it.each(RECORDED)('%s as %s', (name, id, value) => expect(told(id, sample(`security/${name}`))).toEqual(value))

  it.each(RECORDED)('%s: damage never improves it', (name, id, value, isGoodNow) => {
    const bytes = sample(`security/${name}`)
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    const plain = isUtf16
      ? Buffer.from(
          bytes
            .toString('utf16le')
            .replace(/^\ufeff/, '')
            .replaceAll('\r', ''),
        )
      : bytes
    for (const [damage, damaged] of [...mutations(plain), ...lineCuts(plain)]) {
      const got = told(id, damaged)
      if (HARMLESS.has(damage)) expect(got, damage).toEqual(value)
      else if (!isGoodNow) expect(isGood(got), damage).toBe(false)
    }
    expect(isGood(told(id, plain, { exitCode: 4 }))).toBe(false)
  })
})

const MIB = 1024 * 1024
/** Lines that the patterns of the room begin to match, repeated until they fill a megabyte. */
const NOISE = ['a\n', '(', 'Status: \n', 'VAR a b "', 'root:', 'Key : \n', 'NAME="a" ', 'tank\tencryption\t']

describe('a megabyte of noise', () => {
  it.each(POSTURE_SOURCES.map(({ id }) => id.slice('posture/'.length)))('%s', (id) => {
    for (const unit of NOISE) {
      const bytes = Buffer.from(unit.repeat(Math.ceil(MIB / unit.length)).slice(0, MIB))
      const startedAt = performance.now()
      parsePosture(id, bytes)
      // A quiet machine needs less than 50 ms; the bound stands apart from work that grows with the square, which takes minutes.
      expect(performance.now() - startedAt, JSON.stringify(unit)).toBeLessThan(3_000)
    }
  })
})
