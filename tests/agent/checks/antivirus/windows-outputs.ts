/** Outputs written by us after the documentation of each tool; none is copied. SOURCE: Win32_Service, Get-Service, sc(1); registry of Defender and Sophos as in collectors.md 4; ermm, upd and lic of ESET's online help. */
import { type Case, lines } from './case.ts'

const R = 'windows-defender-registry'
const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Defender\\Signature Updates'
/** Services, registry values and the tools of ESET. */
export const WINDOWS: readonly Case[] = [
  [
    'registry, dated',
    R,
    `${KEY}\n    AVSignatureVersion    REG_SZ    1.413.102.0\n    SignaturesLastUpdated    REG_BINARY    00806F1B4E5CDD01\n`,
    { realTime: null, signaturesAt: expectDate('00806F1B4E5CDD01') },
  ],
  [
    'registry, off',
    R,
    `${KEY}\n    DisableRealtimeMonitoring    REG_DWORD    0x1\n`,
    { realTime: false, mode: 'off', signaturesAt: null },
  ],
  [
    'registry, off in one of two keys',
    R,
    JSON.stringify([{ DisableRealtimeMonitoring: 0 }, { DisableRealtimeMonitoring: 1 }]),
    { realTime: false },
  ],
  ['registry, passive by policy', R, JSON.stringify({ ForceDefenderPassiveMode: 1 }), { mode: 'passive' }],
  ['registry, nothing of it', R, `${KEY}\n`, { code: 'empty' }],
  [
    'services of 5.1',
    'windows-services',
    JSON.stringify([
      { Name: 'CSFalconService', Status: 4 },
      { Name: 'Spooler', Status: 4 },
    ]),
    { id: 'crowdstrike', running: true, realTime: null },
  ],
  [
    'services of 7, stopped',
    'windows-services',
    JSON.stringify([{ Name: 'SentinelAgent', Status: 'Stopped' }]),
    { id: 'sentinelone', running: false },
  ],
  ['Win32_Service', 'windows-services', lines({ Name: 'ekrn', State: 'Running' }), { id: 'eset', running: true }],
  [
    'a version in the name',
    'windows-services',
    JSON.stringify({ Name: 'AVP21.3', State: 'Running' }),
    { id: 'kaspersky' },
  ],
  [
    'the table of Get-Service',
    'windows-services',
    'Status   Name               DisplayName\n------   ----               -----------\nRunning  WinDefend          Microsoft Defender Antivirus Service\nStopped  Sense              Windows Defender Advanced Threat...\n',
    { id: 'windows-defender', running: true },
  ],
  [
    'sc query in German',
    'windows-services',
    'DIENSTNAME: MBAMService\n        TYP                : 10  WIN32_OWN_PROCESS\n        STATUS             : 1  STOPPED\n',
    { id: 'malwarebytes', running: false },
  ],
  [
    'half a product',
    'windows-services',
    JSON.stringify([
      { Name: 'EPSecurityService', State: 'Running' },
      { Name: 'EPProtectedService', State: 'Stopped' },
    ]),
    { id: 'bitdefender', running: false },
  ],
  ['being started', 'windows-services', JSON.stringify({ Name: 'ekrn', Status: 2 }), { running: null }],
  [
    'a sensor that nobody onboarded',
    'windows-services',
    JSON.stringify([{ Name: 'Sense', State: 'Stopped' }]),
    { code: 'empty' },
  ],
  ['no known service', 'windows-services', JSON.stringify([{ Name: 'Spooler', State: 'Running' }]), { code: 'empty' }],
  [
    'Defender where wmic speaks French',
    'windows-defender',
    'ERREUR :\nDescription = Espace de noms non valide\n',
    { code: 'unsupported' },
  ],
  ['Symantec', 'windows-services', 'Running  SepMasterService   Symantec Endpoint Protection\n', { id: 'symantec' }],
  [
    'Sophos well',
    'sophos-health',
    JSON.stringify({ health: 1, service: 1, threat: 1 }),
    { id: 'sophos', running: true, realTime: null },
  ],
  [
    'Sophos bad',
    'sophos-health',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Sophos\\Health\\Status\n    health    REG_DWORD    0x3\n    service    REG_DWORD    0x3\n',
    { running: false, realTime: false, mode: 'reduced' },
  ],
  [
    'ESET protects',
    'eset',
    '{"id":1,"result":{"statuses":[],"status":0,"description":"You are protected"},"error":null}',
    { id: 'eset', running: true, realTime: true, signaturesCurrent: true },
  ],
  [
    'ESET is switched off',
    'eset',
    '{"id":1,"result":{"statuses":[{"id":"RealtimeProtectionDisabled","status":2,"description":"x"}],"status":2,"description":"Security alert"},"error":null}',
    { realTime: false, mode: 'off' },
  ],
  [
    'ESET has old modules',
    'eset',
    '{"id":1,"result":{"statuses":[{"id":"ModulesOutdated","status":2}],"status":2},"error":null}',
    { realTime: false, signaturesCurrent: false, mode: 'reduced' },
  ],
  [
    'ESET license over',
    'eset',
    '{"id":1,"result":{"statuses":[{"id":"LicenseExpired","status":2}],"status":2},"error":null}',
    { mode: 'expired' },
  ],
  [
    'ESET RMM is off',
    'eset',
    '{"id":1,"result":null,"error":{"id":1,"text":"RMM is not enabled"}}',
    { code: 'disabled' },
  ],
  [
    'ESET modules on Linux',
    'eset',
    'EM000\t  1088 (20260708)\tUpdate module\nEM002\t 31832 (20261124)\tDetection engine\n',
    { realTime: null, signaturesAt: Date.UTC(2026, 10, 24) },
  ],
  [
    'ESET license on Linux',
    'eset',
    'Product name: ESET Endpoint Antivirus for Linux\nStatus: Activated\nPublic ID: 1\nLicense Validity: 2026-06-21\n',
    { realTime: false, mode: 'expired' },
  ],
]

/** FILETIME, least byte first, as our own arithmetic: ms since 1970. */
function expectDate(hex: string): number {
  const bytes = (hex.match(/../g) ?? []).reverse().join('')
  return Number(BigInt(`0x${bytes}`) / 10_000n) - 11_644_473_600_000
}
