/**
 * `apt-get -s dist-upgrade` → what would be installed, what is kept back, what is phased. Pure.
 * Facts of apt 2.6 (recorded, tests/fixtures/patch): `Inst`, `Conf`, `Remv` lines are never translated and follow the
 * headings and the summary; held packages stand under "kept back". apt 3 has other headings and the same lines.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { linesOf } from './lines.ts'

/** One package that would be installed. `origin` is what stands in the parentheses between version and architecture. */
export type AptInstall = { readonly name: string; readonly version: string; readonly security: boolean }

/** A whole simulation. `notUpgraded`: the summary's count of packages that stay; null: no summary (`-qq`). */
export type AptSimulation = {
  readonly installs: readonly AptInstall[]
  readonly keptBack: readonly string[]
  readonly phased: readonly string[]
  readonly notUpgraded: number | null
  /** Packages that dpkg left half-way ("N not fully installed or removed"). */
  readonly halfInstalled: number
}

const INST = /^Inst (\S+) (?:\[[^\]]*\] )?\((\S+) (?:(.*) )?\[[^\]]+\]\)/
const SUMMARY =
  /^(\d+) upgraded, (\d+) newly installed, (?:(\d+) reinstalled, )?(?:(\d+) downgraded, )?\d+ to remove and (\d+) not upgraded\./m
const SUMMARY_3 = /^ *Upgrading: (\d+), Installing: (\d+), (?:.*, )?Removing: \d+, Not Upgrading: (\d+)/m
const HALF_INSTALLED = /^(\d+) not fully installed or removed\./m

const KEPT = /^(?:The following packages have been kept back|Not upgrading):/
const PHASED = /^(?:The following upgrades have been deferred due to phasing|Not upgrading yet due to phasing):/

/**
 * Whether an origin of apt is one of security updates: its label or suite says so (`Debian-Security:12/oldstable-security`,
 * `Ubuntu:22.04/jammy-security`, `UbuntuESM:16.04/xenial-infra-security`). The name of the package is never asked.
 */
export function isSecurityOrigin(origin: string): boolean {
  return /security|\bUbuntuESM/i.test(origin)
}

/**
 * Errors: `empty` (no output), `parse` (an `Inst` line of another shape, or the counts of the summary do not fit the
 * lines: cut short, doubled, or not this tool). A number is only given when the output is whole.
 */
export function parseAptSimulation(text: string): Result<AptSimulation, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'apt-get -s dist-upgrade printed nothing' })
  const split = linesOf(text)
  if (!split.ok) return split
  const lines = split.value
  const installs: AptInstall[] = []
  for (const line of lines.filter((one) => /^Inst\b/.test(one))) {
    const install = parseInstall(line)
    if (install === null) return parseError(`a line has another form: ${line.slice(0, 120)}`)
    installs.push(install)
  }
  const broken = findInconsistency(text, lines, installs)
  if (broken !== null) return parseError(broken)
  const summary = SUMMARY.exec(text) ?? SUMMARY_3.exec(text)
  return ok({
    installs,
    keptBack: namesUnder(lines, KEPT),
    phased: namesUnder(lines, PHASED),
    notUpgraded: summary === null ? null : Number(summary.at(-1)),
    halfInstalled: Number(HALF_INSTALLED.exec(text)?.[1] ?? 0),
  })
}

function parseInstall(line: string): AptInstall | null {
  const [, name, version, origin = ''] = INST.exec(line) ?? []
  if (name === undefined || version === undefined) return null
  return { name: name.slice(0, 128), version: version.slice(0, 128), security: isSecurityOrigin(origin) }
}

/** Why the output cannot be whole; null when nothing speaks against it. */
function findInconsistency(text: string, lines: readonly string[], installs: readonly AptInstall[]): string | null {
  const names = new Set(installs.map(({ name }) => name))
  if (names.size !== installs.length) return 'a package stands there twice'
  const summary = SUMMARY.exec(text)
  const summary3 = SUMMARY_3.exec(text)
  if (summary === null && summary3 === null) return inconsistentWithoutSummary(lines, names)
  const promised = summary === null ? numbers(summary3, 1, 2) : numbers(summary, 1, 2, 3, 4)
  return promised === names.size ? null : `the summary counts ${promised} packages, the list holds ${names.size}`
}

/** With `-qq` there is no summary; then each package must stand there twice, as Inst and as Conf. */
function inconsistentWithoutSummary(lines: readonly string[], names: ReadonlySet<string>): string | null {
  if (names.size === 0) return 'neither packages nor a summary'
  const configured = new Set(lines.flatMap((line) => /^Conf (\S+) /.exec(line)?.[1] ?? []))
  const whole = configured.size === names.size && [...names].every((name) => configured.has(name))
  return whole ? null : 'packages to unpack and to configure differ: cut short'
}

function numbers(match: RegExpExecArray | null, ...groups: readonly number[]): number {
  return groups.reduce((sum, group) => sum + Number(match?.[group] ?? 0), 0)
}

/** Names in the indented lines after a heading. */
function namesUnder(lines: readonly string[], heading: RegExp): readonly string[] {
  const start = lines.findIndex((line) => heading.test(line))
  if (start === -1) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => !line.startsWith('  '))
  const listed = end === -1 ? rest : rest.slice(0, end)
  return listed.flatMap((line) => line.trim().split(/\s+/)).filter((name) => name !== '')
}

function parseError(what: string): Result<never, Failure> {
  return err({ code: 'parse', detail: `apt-get -s dist-upgrade: ${what}` })
}
