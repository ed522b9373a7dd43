/**
 * Operating systems of the demo's machines, with the ends of support that their makers announced. Written by hand after the makers'
 * pages, apart from the server's own table: the oracle must not learn from what it checks. Pure data.
 */
import type { OsFacts } from '../../../shared/checks/system.ts'
import type { EpochMs } from '../../../shared/units.ts'

/** `endsAt`: free support ends; null: no end announced. `soldUntil`: longer support that is bought; null: none. */
export type OsSpec = {
  readonly facts: OsFacts
  readonly endsAt: EpochMs | null
  readonly soldUntil: EpochMs | null
  readonly packages: 'windows-update' | 'apt' | 'softwareupdate'
}

/** A day is announced, not an hour: noon is on that day for every client. */
const noonOf = (day: string): EpochMs => Date.parse(`${day}T12:00:00Z`)

function windows(name: string, version: string, build: string, edition: string, ends: string, sold: string | null) {
  const facts = { family: 'windows', id: 'windows', name, version, build, kernel: null, edition } as const
  const soldUntil = sold === null ? null : noonOf(sold)
  return { facts, endsAt: noonOf(ends), soldUntil, packages: 'windows-update' } as const
}

function linux(id: string, name: string, version: string, kernel: string, ends: string, sold: string | null) {
  const facts = { family: 'linux', id, name, version, build: null, kernel, edition: null } as const
  const soldUntil = sold === null ? null : noonOf(sold)
  return { facts, endsAt: noonOf(ends), soldUntil, packages: 'apt' } as const
}

function macos(name: string, version: string, build: string) {
  const facts = { family: 'macos', id: 'macos', name, version, build, kernel: null, edition: null } as const
  return { facts, endsAt: null, soldUntil: null, packages: 'softwareupdate' } as const
}

/** Sources: learn.microsoft.com/lifecycle, wiki.debian.org/LTS, ubuntu.com/about/release-cycle, as read in 2026. */
export const OPERATING_SYSTEMS = {
  'win11-25h2': windows('Windows 11 Pro', '25H2', '10.0.26200.7171', 'pro', '2027-10-12', null),
  'win11-24h2': windows('Windows 11 Pro', '24H2', '10.0.26100.4652', 'pro', '2026-10-13', null),
  'win10-22h2': windows('Windows 10 Pro', '22H2', '10.0.19045.6456', 'pro', '2025-10-14', '2028-10-10'),
  'server-2022': windows('Windows Server 2022', '21H2', '10.0.20348.4405', 'server-standard', '2031-10-14', null),
  'server-2016': windows(
    'Windows Server 2016',
    '1607',
    '10.0.14393.8594',
    'server-standard',
    '2027-01-12',
    '2030-01-12',
  ),
  'debian-12': linux('debian', 'Debian GNU/Linux 12 (bookworm)', '12', '6.1.0-41-amd64', '2028-06-30', null),
  'debian-13': linux('debian', 'Debian GNU/Linux 13 (trixie)', '13', '6.12.57-amd64', '2030-06-30', null),
  'ubuntu-24': linux('ubuntu', 'Ubuntu 24.04.3 LTS', '24.04', '6.8.0-88-generic', '2029-05-31', '2036-05-31'),
  'macos-26': macos('macOS Tahoe', '26.1', '25B78'),
  'macos-15': macos('macOS Sequoia', '15.7', '24G222'),
} as const satisfies { readonly [key: string]: OsSpec }

/** Key of an operating system. */
export type OsKey = keyof typeof OPERATING_SYSTEMS

/** @returns what is known of an operating system. */
export function osOf(key: OsKey): OsSpec {
  return OPERATING_SYSTEMS[key]
}
