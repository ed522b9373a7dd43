/** Outputs written by us after the documentation of each tool; none is copied. SOURCE: MSFT_MpComputerStatus (Defender WMIv2); registry of Defender as in collectors.md 4.2. */
import { type Case, lines } from './case.ts'

const MP = {
  AMEngineVersion: '1.1.25100.9',
  AMProductVersion: '4.18.25100.9008',
  AMRunningMode: 'Normal',
  AMServiceEnabled: true,
  AntivirusEnabled: true,
  AntivirusSignatureAge: 0,
  AntivirusSignatureLastUpdated: '2026-11-25T04:00:00.0000000Z',
  DefenderSignaturesOutOfDate: false,
  FullScanAge: 4294967295,
  OnAccessProtectionEnabled: true,
  QuickScanAge: 2,
  RealTimeProtectionEnabled: true,
}
const mp = (change: object = {}) => JSON.stringify({ ...MP, ...change })
const D = 'windows-defender'
/** Microsoft Defender. */
export const DEFENDER: readonly Case[] = [
  [
    'works',
    D,
    mp(),
    {
      id: 'windows-defender',
      running: true,
      realTime: true,
      mode: 'active',
      signaturesCurrent: true,
      engineVersion: '1.1.25100.9',
      signaturesAt: Date.UTC(2026, 10, 25, 4),
    },
  ],
  [
    'passive says that it is enabled',
    D,
    mp({ AMRunningMode: 'Passive Mode' }),
    { running: true, realTime: false, mode: 'passive' },
  ],
  ['side by side', D, mp({ AMRunningMode: 'SxS Passive Mode' }), { realTime: false, mode: 'passive' }],
  [
    'EDR block mode hides which',
    D,
    mp({ AMRunningMode: 'EDR Block Mode' }),
    { running: true, realTime: null, mode: null },
  ],
  [
    'not running',
    D,
    mp({ AMRunningMode: 'Not running', AMServiceEnabled: false }),
    { running: false, realTime: false, mode: 'off' },
  ],
  ['no mode', D, mp({ AMRunningMode: null }), { realTime: null }],
  ['a mode that nobody knows', D, mp({ AMRunningMode: '4' }), { realTime: null }],
  ['real time off', D, mp({ RealTimeProtectionEnabled: false }), { realTime: false, mode: 'off' }],
  [
    'out of date',
    D,
    mp({ AntivirusSignatureAge: 20, AntivirusSignatureLastUpdated: null, DefenderSignaturesOutOfDate: true }),
    { signaturesCurrent: false, signaturesAt: Date.UTC(2026, 10, 5, 12) },
  ],
  [
    'never updated',
    D,
    mp({ AntivirusSignatureAge: 65535, AntivirusSignatureLastUpdated: '1601-01-01T00:00:00Z' }),
    { signaturesCurrent: false, signaturesAt: null },
  ],
  [
    'dates of a country are not told',
    D,
    lines({ ...MP, AntivirusSignatureLastUpdated: '04.06.2026 08:06:27', AntivirusSignatureAge: 3 }),
    { signaturesAt: Date.UTC(2026, 10, 22, 12) },
  ],
  [
    'PowerShell 5.1',
    D,
    mp({ AntivirusSignatureLastUpdated: '/Date(1795579200000)/' }),
    { signaturesAt: 1_795_579_200_000 },
  ],
  ['service stopped', D, 'Get-MpComputerStatus : Fehler: 0x800106ba', { code: 'disabled' }, { exitCode: 1 }],
  ['no class', D, 'Get-CimInstance : Invalid class', { code: 'unsupported' }, { exitCode: 1 }],
  ['something else', D, '{"Name":"x"}', { code: 'parse' }],
  ['nothing', D, '', { code: 'empty' }],
]
