/** Parses `sw_vers` and SystemVersion.plist of macOS. Pure and total. */
import type { OsFacts } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'

/** Source id; also of what the file tells. */
export const SW_VERS = 'system/sw-vers'
/** Source id. */
export const SYSTEM_VERSION_PLIST = 'system/system-version-plist'

type MacosSource = typeof SW_VERS | typeof SYSTEM_VERSION_PLIST

/** Both forms. Errors: `empty`, `parse` when no product version is told. */
export function parseMacosVersion(bytes: Uint8Array): Result<OsFacts, Failure> {
  const text = decode(bytes)
  const isPlist = bytes[0] === 0x62 || /^\s{0,64}</.test(text)
  const values = isPlist ? readPlist(bytes) : readText(text)
  if (!values.ok) return values
  const { name, version, extra, build } = values.value
  if (version === null || !/^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(version))
    return err({ code: 'parse', detail: 'no ProductVersion: not the version of macOS' })
  return ok({
    family: 'macos',
    id: 'macos',
    name: `${name ?? 'macOS'} ${version}${extra === null ? '' : ` ${extra}`}`.slice(0, 128),
    version: isMasked(version) ? null : version,
    build,
    kernel: null,
    edition: null,
  })
}

/** Old programs are told 10.16 for macOS 11 to 15 and 16.0 for macOS 26 (SYSTEM_VERSION_COMPAT): the true one is not known. */
function isMasked(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 10 && minor >= 16) || (major > 15 && major < 26)
}

type Values = {
  readonly name: string | null
  readonly version: string | null
  readonly extra: string | null
  readonly build: string | null
}

function readPlist(bytes: Uint8Array): Result<Values, Failure> {
  const root = parsePlist(bytes)
  if (!root.ok) return root
  const { value } = root
  return ok({
    name: value.text('ProductName', 64),
    version: value.text('ProductVersion', 32),
    extra: value.text('ProductVersionExtra', 16),
    build: value.text('ProductBuildVersion', 32),
  })
}

function readText(text: string): Result<Values, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const value = (label: string) => new RegExp(`^${label}:[ \t]{0,16}(\\S.{0,62})$`, 'm').exec(text)?.[1]?.trim() ?? null
  return ok({
    name: value('ProductName'),
    version: value('ProductVersion'),
    extra: value('ProductVersionExtra'),
    build: value('BuildVersion'),
  })
}

function sourceOf(id: MacosSource): Source<'system'> {
  return {
    id,
    check: 'system',
    parse: ({ stdout }) => {
      const os = parseMacosVersion(stdout)
      return os.ok ? ok({ parts: { os: read(id, os.value) }, samples: {} }) : os
    },
  }
}

/** `system/sw-vers`: the os part of macOS. */
export const swVers = sourceOf(SW_VERS)
/** `system/system-version-plist`: the same from the file. */
export const systemVersionPlist = sourceOf(SYSTEM_VERSION_PLIST)
