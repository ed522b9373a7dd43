/** The table of ends of support: every row of collectors.md 3.4 is there, and editions are told apart. */
import { describe, expect, it } from 'vitest'
import { supportOf, TABLE_AT } from '../../../server/facts/end-of-support.ts'
import type { OsFacts } from '../../../shared/checks/system.ts'

const noon = (day: string | null) => (day === null ? null : Date.parse(`${day}T12:00:00Z`))
const blank: OsFacts = { family: 'linux', id: '', name: '', version: null, build: null, kernel: null, edition: null }
const windows = (build: string, edition: string | null) =>
  supportOf({ ...blank, family: 'windows', id: 'windows', build, edition })

describe('Windows, by build and edition', () => {
  it.each([
    ['10.0.26200.1', '2027-10-12', '2028-10-10'],
    ['10.0.26100.2314', '2026-10-13', '2027-10-12'],
    ['10.0.22631', '2025-11-11', '2026-11-10'],
    ['10.0.22621.4', '2024-10-08', '2025-10-14'],
    ['10.0.28000.1', '2028-03-14', '2029-03-13'],
    ['10.0.19045.5', '2025-10-14', '2025-10-14'],
    ['10.0.19042', '2022-05-10', '2023-05-09'],
  ])('%s', (build, pro, enterprise) => {
    for (const edition of ['home', 'pro', 'pro-workstation', 'pro-education'])
      expect(windows(build, edition)?.endsAt, edition).toBe(noon(pro))
    for (const edition of ['enterprise', 'education', 'enterprise-multi-session', 'iot-enterprise'])
      expect(windows(build, edition)?.endsAt, edition).toBe(noon(enterprise))
    expect(windows(build, null)).toBeNull()
  })

  it.each([
    ['10.0.26100', 'enterprise-ltsc', '2029-10-09', null],
    ['10.0.26100', 'iot-enterprise-ltsc', '2034-10-10', null],
    ['10.0.26100', 'server-standard', '2034-11-14', null],
    ['10.0.20348', 'server-datacenter', '2031-10-14', null],
    ['10.0.17763', 'server', '2029-01-09', null],
    ['10.0.14393', 'server-standard', '2027-01-12', '2030-01-12'],
    ['6.3.9600', 'server-standard', '2023-10-10', '2026-10-13'],
    ['10.0.19045', 'pro', '2025-10-14', '2028-10-10'],
  ])('%s %s', (build, edition, ends, extended) => {
    expect(windows(build, edition)).toEqual({ endsAt: noon(ends), extendedAt: noon(extended), free: false })
  })

  it.each([
    ['10.0.26100', null],
    ['10.0.99999', 'pro'],
    ['10.0.constructor', 'pro'],
    ['', 'enterprise'],
  ])('%s %s is not known', (build, edition) => {
    expect(windows(build, edition)).toBeNull()
  })
})

describe('other systems', () => {
  it.each<[string, string, string | null, string | null, boolean]>([
    ['ubuntu', '26.04', '2031-04-30', '2036-04-30', false],
    ['ubuntu', '24.04', '2029-05-31', '2036-05-31', false],
    ['ubuntu', '22.04', '2027-04-01', '2032-04-30', false],
    ['debian', '13', '2028-08-09', '2030-06-30', true],
    ['debian', '12', '2026-07-11', '2028-06-30', true],
    ['debian', '11', '2024-08-14', '2026-08-31', true],
    ['rhel', '9.4', '2032-05-31', null, false],
    ['almalinux', '10.0', '2035-05-31', null, false],
    ['rocky', '8.10', '2029-05-31', null, false],
    ['rhel', '7.9', '2024-06-30', '2029-05-31', false],
    ['centos', '7', '2024-06-30', null, false],
    ['centos', '10', '2030-05-31', null, false],
    ['fedora', '44', '2027-06-02', null, false],
    ['opensuse-leap', '15.6', '2026-04-30', null, false],
    ['opensuse-leap', '16.0', '2027-10-31', null, false],
    ['sles', '15.7', '2031-07-31', '2034-07-31', false],
    ['sles', '15.6', '2025-12-31', '2028-12-31', false],
    ['alpine', '3.24.1', '2028-06-01', null, false],
    ['linuxmint', '22.1', '2029-04-30', null, false],
    ['proxmox', '9.0', null, null, false],
  ])('%s %s', (id, version, ends, extended, free) => {
    expect(supportOf({ ...blank, id, version })).toEqual({ endsAt: noon(ends), extendedAt: noon(extended), free })
  })

  it.each([
    ['26.0', null],
    ['15.6.1', null],
    ['14.5', null],
    ['13.7', '2025-09-15'],
    ['12.7.6', '2024-09-16'],
  ])('macOS %s', (version, ends) => {
    expect(supportOf({ ...blank, family: 'macos', id: 'macos', version })?.endsAt).toBe(noon(ends))
  })

  it.each(['11.7', '99.0', null])('macOS %s is not in the table', (version) => {
    expect(supportOf({ ...blank, family: 'macos', id: 'macos', version })).toBeNull()
  })

  it('tells the day of its data', () => {
    expect(new Date(TABLE_AT).toISOString().slice(0, 10)).toBe('2026-08-22')
  })
})
