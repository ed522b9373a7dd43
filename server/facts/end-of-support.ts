/**
 * When the makers of operating systems stop closing security holes.
 * Source: endoflife-date/endoflife.date (MIT), commit a70eca337600e7d721dc48112c271f98661d208b of 2026-08-22; builds of Windows that
 * ended before 2025 and the long-term editions of Windows 10: Microsoft's lifecycle pages (learn.microsoft.com/lifecycle). Pure data and look-up.
 */
import type { OsFacts } from '../../shared/checks/system.ts'
import type { EpochMs } from '../../shared/units.ts'

/** The day of the data; findings say so. */
export const TABLE_AT: EpochMs = Date.UTC(2026, 7, 22)

/** `endsAt` null: no end announced. `extendedAt`: longer support; `free`: everybody gets it (Debian LTS), else it is bought. */
export type Support = {
  readonly endsAt: EpochMs | null
  readonly extendedAt: EpochMs | null
  readonly free: boolean
}

type Row = readonly [ends: string | null, extended?: string | null, free?: 'free']

const FAMILY_RHEL: { readonly [major: string]: Row } = {
  '10': ['2035-05-31'],
  '9': ['2032-05-31'],
  '8': ['2029-05-31'],
}

/** By os-release ID, then by VERSION_ID, its first two numbers (Alpine says 3.22.1), or its first. */
const LINUX: { readonly [id: string]: { readonly [version: string]: Row } } = {
  ubuntu: {
    '26.04': ['2031-04-30', '2036-04-30'],
    '24.04': ['2029-05-31', '2036-05-31'],
    '22.04': ['2027-04-01', '2032-04-30'],
    '20.04': ['2025-05-31', '2030-05-31'],
  },
  debian: {
    '13': ['2028-08-09', '2030-06-30', 'free'],
    '12': ['2026-07-11', '2028-06-30', 'free'],
    '11': ['2024-08-14', '2026-08-31', 'free'],
    '10': ['2022-09-10', '2024-06-30', 'free'],
  },
  rhel: { ...FAMILY_RHEL, '7': ['2024-06-30', '2029-05-31'] },
  almalinux: FAMILY_RHEL,
  rocky: FAMILY_RHEL,
  centos: { '10': ['2030-05-31'], '9': ['2027-05-31'], '8': ['2024-05-31'], '7': ['2024-06-30'] },
  fedora: { '44': ['2027-06-02'], '43': ['2026-12-09'], '42': ['2026-05-27'] },
  'opensuse-leap': { '16.0': ['2027-10-31'], '15.6': ['2026-04-30'] },
  sles: {
    '16.0': ['2027-11-30', '2030-11-30'],
    '15.7': ['2031-07-31', '2034-07-31'],
    '15.6': ['2025-12-31', '2028-12-31'],
    '12.5': ['2024-10-31', '2027-10-31'],
  },
  alpine: { '3.24': ['2028-06-01'], '3.23': ['2027-11-01'], '3.22': ['2027-05-01'] },
  linuxmint: { '22': ['2029-04-30'], '21': ['2027-04-30'] },
  proxmox: { '9': [null], '8': ['2026-08-31'] },
}

/** By build number; home and pro end before enterprise and education. */
const WINDOWS_CLIENT: {
  readonly [build: string]: { readonly pro: string; readonly enterprise: string; readonly extended?: string }
} = {
  '28000': { pro: '2028-03-14', enterprise: '2029-03-13' },
  '26200': { pro: '2027-10-12', enterprise: '2028-10-10' },
  '26100': { pro: '2026-10-13', enterprise: '2027-10-12' },
  '22631': { pro: '2025-11-11', enterprise: '2026-11-10' },
  '22621': { pro: '2024-10-08', enterprise: '2025-10-14' },
  '22000': { pro: '2023-10-10', enterprise: '2024-10-08' },
  '19045': { pro: '2025-10-14', enterprise: '2025-10-14', extended: '2028-10-10' },
  '19044': { pro: '2023-06-13', enterprise: '2024-06-11' },
  '19043': { pro: '2022-12-13', enterprise: '2022-12-13' },
  '19042': { pro: '2022-05-10', enterprise: '2023-05-09' },
  '19041': { pro: '2021-12-14', enterprise: '2021-12-14' },
  '18363': { pro: '2021-05-11', enterprise: '2022-05-10' },
  '17763': { pro: '2020-11-10', enterprise: '2021-05-11' },
  '9600': { pro: '2023-01-10', enterprise: '2023-01-10' },
  '7601': { pro: '2020-01-14', enterprise: '2020-01-14' },
}
const WINDOWS_LTSC: { readonly [build: string]: { readonly ltsc: string; readonly iot: string } } = {
  '26100': { ltsc: '2029-10-09', iot: '2034-10-10' },
  '19044': { ltsc: '2027-01-12', iot: '2032-01-13' },
  '17763': { ltsc: '2029-01-09', iot: '2029-01-09' },
  '14393': { ltsc: '2026-10-13', iot: '2026-10-13' },
}
const WINDOWS_SERVER: { readonly [build: string]: Row } = {
  '26100': ['2034-11-14'],
  '20348': ['2031-10-14'],
  '17763': ['2029-01-09'],
  '14393': ['2027-01-12', '2030-01-12'],
  '9600': ['2023-10-10', '2026-10-13'],
  '9200': ['2023-10-10', '2026-10-13'],
  '7601': ['2020-01-14'],
}
const MACOS: { readonly [major: string]: Row } = {
  '26': [null],
  '15': [null],
  '14': [null],
  '13': ['2025-09-15'],
  '12': ['2024-09-16'],
}

/** Noon of the last day with support: makers name a day, and noon by UTC lies on that day in every time zone but the easternmost two. */
const endOf = (day: string): EpochMs => Date.parse(`${day}T12:00:00Z`)

function supportFrom(row: Row | undefined): Support | null {
  if (row === undefined) return null
  const [ends, extended, free] = row
  return {
    endsAt: ends === null ? null : endOf(ends),
    extendedAt: extended == null ? null : endOf(extended),
    free: free === 'free',
  }
}

const rowOf = (rows: { readonly [version: string]: Row } | undefined, version: string | null): Row | undefined => {
  if (rows === undefined || version === null) return undefined
  const own = (key: string) => (Object.hasOwn(rows, key) ? rows[key] : undefined)
  const parts = version.split('.')
  return own(version) ?? own(parts.slice(0, 2).join('.')) ?? own(parts[0] ?? '')
}

/** @returns the end of support; null: the table does not know this system (rolling release, derivative, newer than the table). */
export function supportOf(os: OsFacts): Support | null {
  if (os.family === 'macos') return supportFrom(rowOf(MACOS, os.version))
  if (os.family === 'windows') return windowsSupport(os)
  return supportFrom(rowOf(Object.hasOwn(LINUX, os.id) ? LINUX[os.id] : undefined, os.version))
}

function windowsSupport({ build, edition }: OsFacts): Support | null {
  const number = /^(?:10\.0|6\.[123])\.(\d+)/.exec(build ?? '')
  const key = number?.[1] ?? ''
  const kind = edition?.toLowerCase() ?? ''
  if (kind.includes('server')) return supportFrom(rowOf(WINDOWS_SERVER, key))
  if (kind.includes('ltsc')) return ltscSupport(key, kind)
  const client = Object.hasOwn(WINDOWS_CLIENT, key) ? WINDOWS_CLIENT[key] : undefined
  if (client === undefined || kind === '') return null
  // Pro Education ends with Pro, whatever its name says.
  const isLong = !kind.startsWith('pro') && (kind.includes('enterprise') || kind.includes('education'))
  return supportFrom([isLong ? client.enterprise : client.pro, client.extended ?? null])
}

function ltscSupport(build: string, kind: string): Support | null {
  const row = Object.hasOwn(WINDOWS_LTSC, build) ? WINDOWS_LTSC[build] : undefined
  return row === undefined ? null : supportFrom([kind.includes('iot') ? row.iot : row.ltsc])
}
