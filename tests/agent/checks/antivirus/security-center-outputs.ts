/** Outputs written by us after the documentation of each tool; none is copied. SOURCE: productState as in collectors.md 4.1; osquery's table windows_security_products. */
import { type Case, lines } from './case.ts'

const FRESH = 'Tue, 24 Nov 2026 08:11:02 GMT'
const row = (name: string, state: number | string, timestamp: string = FRESH) => ({
  displayName: name,
  instanceGuid: '{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}',
  pathToSignedReportingExe: '%ProgramFiles%\\x\\x.exe',
  productState: state,
  timestamp,
})
const center = (...rows: object[]) => JSON.stringify(rows)
const C = 'windows-security-center'

/** Windows Security Center. */
export const SECURITY_CENTER: readonly Case[] = [
  [
    'Defender on, current',
    C,
    center(row('Windows Defender', 397568)),
    { id: 'windows-defender', realTime: true, running: true, signaturesCurrent: true, mode: 'active' },
  ],
  ['on, outdated', C, center(row('Windows Defender', 397584)), { realTime: true, signaturesCurrent: false }],
  [
    'off beside another',
    C,
    center(row('Windows Defender', 393472)),
    { realTime: false, mode: 'off', signaturesCurrent: true },
  ],
  ['off, outdated', C, center(row('Windows Defender', 393488)), { realTime: false, signaturesCurrent: false }],
  ['snoozed', C, center(row('Windows Defender', 401664)), { realTime: false, mode: 'snoozed' }],
  ['another on', C, center(row('ESET Security', 266240)), { id: 'eset', realTime: true, signaturesCurrent: true }],
  ['another on, outdated', C, center(row('ESET Security', 266256)), { realTime: true, signaturesCurrent: false }],
  ['another off: five digits of hex', C, center(row('ESET Security', 262144)), { realTime: false, mode: 'off' }],
  ['another snoozed', C, center(row('Avast Antivirus', 270336)), { id: 'avast', mode: 'snoozed' }],
  ['another expired', C, center(row('Norton 360', 274432)), { id: 'norton', realTime: false, mode: 'expired' }],
  ['type 5', C, center(row('Trend Micro Apex One', 331776)), { id: 'trend-micro', realTime: true }],
  ['type 6 of another', C, center(row('Huorong', 397312)), { id: 'huorong', kind: 'antivirus', realTime: true }],
  ['hexadecimal', C, center(row('Windows Defender', '0x061100')), { realTime: true, signaturesCurrent: true }],
  [
    'hexadecimal without its mark',
    C,
    center(row('Windows Defender', '061110')),
    { realTime: true, signaturesCurrent: false },
  ],
  ['a state that nobody knows', C, center(row('X', 0x044000)), { realTime: null, mode: null }],
  ['signatures that nobody knows', C, center(row('X', 0x041020)), { realTime: true, signaturesCurrent: null }],
  ['more than 24 bits', C, center(row('X', 0x1061100)), { realTime: null, signaturesCurrent: null }],
  ['no state', C, center({ ...row('X', ''), productState: null }), { realTime: null, signaturesCurrent: null }],
  [
    'a leftover',
    C,
    center(row('X', 266240, 'Mon, 01 Jun 2026 08:11:02 GMT')),
    { running: null, realTime: null, signaturesCurrent: null },
  ],
  [
    'a row cut down to its state',
    C,
    center({ displayName: 'Windows Defender', productState: 397568 }),
    { running: null, realTime: true, signaturesCurrent: true },
  ],
  ['two rows of one product', C, center(row('ESET Security', 262144), row('ESET Security', 266240)), 1],
  ['the better of two rows', C, center(row('ESET Security', 262144), row('ESET Security', 266240)), { realTime: true }],
  [
    'an old row that is on does not hide a new one that is off',
    C,
    center(row('ESET Security', 266240, 'Mon, 01 Jun 2026 08:11:02 GMT'), row('ESET Security', 262144)),
    { realTime: false },
  ],
  ['two products', C, center(row('Windows Defender', 393472), row('ESET Security', 266240)), 2],
  ['text of a WMI dump', C, lines(row('Windows Defender', 397568), '='), { realTime: true }],
  ['Format-List', C, `\n\n${lines(row('Windows Defender', 397584))}\n\n`, { signaturesCurrent: false }],
  ['no product at all', C, '[]', 0],
  [
    'osquery',
    C,
    JSON.stringify([
      { type: 'Firewall', name: 'Windows Firewall', state: 'On' },
      { type: 'Antivirus', name: 'Windows Defender', state: 'Snoozed', signatures_up_to_date: '1' },
    ]),
    { id: 'windows-defender', mode: 'snoozed' },
  ],
  [
    'a Windows Server',
    C,
    JSON.stringify({ rounds: 1, blocks: { [C]: 1, 'security-center': { ok: [{ InstallationType: 'Server Core' }] } } }),
    { code: 'unsupported' },
  ],
  ['no namespace', C, 'Get-CimInstance : Invalid namespace', { code: 'unsupported' }, { exitCode: 1 }],
  [
    'our script says no namespace',
    C,
    JSON.stringify({ blocks: { 'security-center': { error: -2147217394, message: 'x' } } }),
    { code: 'unsupported' },
  ],
  ['an answer with a bad end', C, center(row('Windows Defender', 397568)), { code: 'exit' }, { exitCode: 1 }],
]
