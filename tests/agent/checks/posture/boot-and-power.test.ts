/**
 * Secure Boot, TPM, guards and UPS. SOURCE: written by us after mokutil(1), the UEFI specification, MSDN Win32_Tpm and Win32_Battery,
 * spctl(8), csrutil(8), the developer guide of NUT (ups.status), the manual of apcupsd 3.14.
 */
import { describe, expect, it } from 'vitest'
import { parsePosture, told } from './parse.ts'

const boot = (secureBoot: boolean | null, tpm: string | null = null) => ({ secureBoot, tpm })

describe('Secure Boot', () => {
  const STATE = '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State]\n'
  it.each<[string, string, string | Uint8Array, unknown]>([
    ['on', 'windows-secure-boot', `${STATE}"UEFISecureBootEnabled"=dword:00000001\n`, boot(true)],
    ['off', 'windows-secure-boot', `${STATE}"UEFISecureBootEnabled"=dword:00000000\n`, boot(false)],
    ['the cmdlet', 'windows-secure-boot', 'True\n', boot(true)],
    [
      'legacy BIOS: the key is not there',
      'windows-secure-boot',
      '{"Key":"HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Control\\\\SecureBoot\\\\State","Exists":false}',
      boot(null),
    ],
    [
      'legacy BIOS by the cmdlet',
      'windows-secure-boot',
      'Confirm-SecureBootUEFI : Cmdlet not supported on this platform: 0xC0000002',
      boot(null),
    ],
    ['the value is cut off', 'windows-secure-boot', STATE, { code: 'empty' }],
    ['mokutil, on', 'mokutil', 'SecureBoot enabled\n', boot(true)],
    ['mokutil, off', 'mokutil', 'SecureBoot disabled\n', boot(false)],
    ['setup mode', 'mokutil', 'SecureBoot disabled\nPlatform is in Setup Mode\n', boot(false)],
    ['shim checks nothing', 'mokutil', 'SecureBoot enabled\nSecureBoot validation is disabled in shim\n', boot(false)],
    ['no EFI', 'mokutil', 'EFI variables are not supported on this system\n', boot(null)],
    ['other words', 'mokutil', 'SecureBoot aktiviert\n', { code: 'parse' }],
    ['the variable, on', 'efivars', Uint8Array.from([6, 0, 0, 0, 1]), boot(true)],
    ['the variable, off', 'efivars', Uint8Array.from([6, 0, 0, 0, 0]), boot(false)],
    ['the variable as numbers', 'efivars', '   6   0   0   0   1\n', boot(true)],
    ['the variable cut short', 'efivars', Uint8Array.from([6, 0, 0, 1]), { code: 'parse' }],
    ['another value', 'efivars', Uint8Array.from([6, 0, 0, 0, 2]), { code: 'parse' }],
    ['no variable', 'efivars', '', { code: 'empty' }],
  ])('%s (%s, %s)', (_, id, text, want) => expect(told(id, text)).toEqual(want))
})

describe('TPM', () => {
  it.each<[string, string, unknown]>([
    [
      '2.0',
      '{"SpecVersion":"2.0, 0, 1.38","IsEnabled_InitialValue":true,"IsActivated_InitialValue":true}',
      boot(null, '2.0'),
    ],
    [
      '1.2 of a dump',
      'IsActivated_InitialValue=TRUE\nIsEnabled_InitialValue=TRUE\nSpecVersion=1.2, 2, 3\n',
      boot(null, '1.2'),
    ],
    ['switched off', '{"SpecVersion":"2.0, 0, 1.38","IsEnabled_InitialValue":false}', boot(null, 'none')],
    ['there is none', '{"blocks":{"tpm":{"ok":[]}}}', boot(null, 'none')],
    ['there is none (Get-Tpm)', 'TpmPresent : False\nTpmReady : False\n', boot(null, 'none')],
    ['refused', '{"blocks":{"tpm":{"error":-2147217405,"message":"x"}}}', { code: 'access-denied' }],
    ['something else', 'Caption : x\n', { code: 'parse' }],
  ])('%s', (_, text, want) => expect(told('windows-tpm', text)).toEqual(want))
})

describe('guards of macOS', () => {
  it.each<[string, string, number, string, unknown]>([
    ['Gatekeeper on', 'assessments enabled\n', 0, 'spctl', { gatekeeper: true, sip: null, uac: null }],
    ['Gatekeeper off', 'assessments disabled\n', 1, 'spctl', { gatekeeper: false, sip: null, uac: null }],
    ['on with a bad exit proves nothing', 'assessments enabled\n', 2, 'spctl', { code: 'exit' }],
    [
      'SIP on',
      'System Integrity Protection status: enabled.\n',
      0,
      'csrutil',
      { gatekeeper: null, sip: true, uac: null },
    ],
    [
      'SIP off',
      'System Integrity Protection status: disabled.\n',
      0,
      'csrutil',
      { gatekeeper: null, sip: false, uac: null },
    ],
    [
      'SIP in part',
      'System Integrity Protection status: unknown (Custom Configuration).\n\nConfiguration:\n\tApple Internal: disabled\n\tKext Signing: enabled\n',
      0,
      'csrutil',
      { gatekeeper: null, sip: false, uac: null },
    ],
    [
      'SIP on, with parts off',
      'System Integrity Protection status: enabled (Custom Configuration).\n',
      0,
      'csrutil',
      { gatekeeper: null, sip: false, uac: null },
    ],
    ['SIP not told', 'System Integrity Protection status: unknown.\n', 0, 'csrutil', { code: 'parse' }],
    ['nothing', '', 0, 'csrutil', { code: 'empty' }],
  ])('%s', (_, text, exitCode, id, want) => expect(told(id, text, { exitCode, platform: 'darwin' })).toEqual(want))
})

describe('UPS', () => {
  const ups = (status: string, replaceBattery: boolean | null = false, name = 'ups') => [
    { name, status, replaceBattery },
  ]
  it.each<[string, string, string, unknown]>([
    ['on mains', 'nut', 'battery.charge: 100\nups.status: OL CHRG\n', ups('online')],
    ['on battery', 'nut', 'ups.status: OB DISCHRG\n', ups('on-battery')],
    ['low', 'nut', 'ups.status: OB LB\n', ups('low-battery')],
    ['forced shutdown', 'nut', 'ups.status: FSD OL\n', ups('low-battery')],
    ['an old battery', 'nut', 'ups.status: OL RB\n', ups('online', true)],
    ['bypass', 'nut', 'ups.status: BYPASS OL\n', ups('bypass')],
    ['off', 'nut', 'ups.status: OFF\n', ups('off')],
    ['calibration only', 'nut', 'ups.status: CAL\n', ups('unknown')],
    ['the notice of SSL before it', 'nut', 'Init SSL without certificate database\nups.status: OL\n', ups('online')],
    [
      'two of them',
      'nut',
      'VAR a ups.status "OL"\nVAR b ups.status "OB LB"\n',
      [...ups('online', false, 'a'), ...ups('low-battery', false, 'b')],
    ],
    ['no status', 'nut', 'battery.charge: 100\n', { code: 'parse' }],
    ['stale', 'nut', 'Error: Data stale\n', { code: 'stale' }],
    ['two answers', 'nut', 'ups.status: OL\nups.status: OB\n', { code: 'parse' }],
    [
      'APC on mains',
      'apcaccess',
      'APC      : 001,018,0435\nUPSNAME  : cellar\nSTATUS   : ONLINE \nBCHARGE  : 100.0 Percent\n',
      ups('online', false, 'cellar'),
    ],
    ['APC on battery', 'apcaccess', 'STATUS   : ONBATT\n', ups('on-battery')],
    ['APC low', 'apcaccess', 'STATUS   : ONBATT LOWBATT\n', ups('low-battery')],
    ['APC with an old battery', 'apcaccess', 'STATUS   : ONLINE REPLACEBATT\n', ups('online', true)],
    ['APC lost', 'apcaccess', 'STATUS   : COMMLOST\nBCHARGE  : 100.0\n', ups('unknown', null)],
    ['APC without status', 'apcaccess', 'BCHARGE  : 100.0\n', { code: 'parse' }],
    [
      'a UPS of Windows',
      'windows-ups',
      '{"Name":"Back-UPS ES 700","Chemistry":3,"BatteryStatus":2,"EstimatedRunTime":71582788,"EstimatedChargeRemaining":100}',
      ups('online', null, 'Back-UPS ES 700'),
    ],
    [
      'the same on battery',
      'windows-ups',
      '{"Name":"Back-UPS ES 700","BatteryStatus":1,"EstimatedRunTime":20}',
      ups('on-battery', null, 'Back-UPS ES 700'),
    ],
    ['the battery of a laptop is none', 'windows-ups', '{"Name":"DELL 1VX1H93","Chemistry":6,"BatteryStatus":1}', []],
    ['no battery', 'windows-ups', '{"blocks":{"ups":{"ok":[]}}}', []],
    ['no battery class', 'windows-ups', '{"Caption":"x"}', { code: 'parse' }],
  ])('%s (%s)', (_, id, text, want) => expect(told(id, text)).toEqual(want))

  it('gives the numbers that move as samples', () => {
    const samples = (id: string, text: string) => {
      const parsed = parsePosture(id, text)
      return parsed.ok ? parsed.value.samples : null
    }
    expect(samples('nut', 'ups.status: OL\nbattery.charge: 98.4\nbattery.runtime: 1200\nups.load: 31\n')).toEqual({
      'ups:ups:chargePercent': 98,
      'ups:ups:runtimeSeconds': 1200,
      'ups:ups:loadPercent': 31,
    })
    expect(samples('apcaccess', 'STATUS : ONLINE\nTIMELEFT : 30.5 Minutes\n')).toEqual({
      'ups:ups:runtimeSeconds': 1830,
    })
    expect(samples('windows-ups', '{"Name":"UPS","BatteryStatus":2,"EstimatedRunTime":71582788}')).toEqual({})
  })
  it('believes no apcaccess that could not connect', () =>
    expect(
      told('apcaccess', 'Error contacting apcupsd @ localhost:3551: Connection refused\n', { exitCode: 1 }),
    ).toEqual({ code: 'exit' }))
})
