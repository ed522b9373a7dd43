/** Which version of SMB a Samba server answers to at least, by smb.conf and by its version. Pure. smb.conf(5), "server min protocol". */

const OLD = /^(?:NT1|CORE|COREPLUS|LANMAN1|LANMAN2)$/i
const NEW = /^SMB[23](?:_\d\d)?$/i
/** Samba 4.11 took SMB 1 out of its defaults. */
const SAFE_SINCE = [4, 11] as const

/** @returns the value of `server min protocol` of the section [global]; null: it is not set. */
export function minimumProtocol(configuration: string): string | null {
  let isGlobal = false
  let found: string | null = null
  for (const raw of configuration.split('\n', 20_000)) {
    const line = raw.slice(0, 400).trim()
    const section = /^\[([^\]]{1,100})\]/.exec(line)?.[1]
    if (section !== undefined) isGlobal = section.trim().toLowerCase() === 'global'
    const value = /^(?:server )?min protocol\s{0,20}=\s{0,20}(\S{1,40})/i.exec(line)?.[1]
    if (isGlobal && value !== undefined) found = value
  }
  return found
}

/** @param version what `smbd -V` prints; looked at only without a protocol. @returns null: could not tell. */
export function sambaSpeaksSmb1(protocol: string | null, version: string): boolean | null {
  if (protocol !== null) return OLD.test(protocol) || !NEW.test(protocol)
  const [, major, minor] = /^Version (\d{1,3})\.(\d{1,3})\b/m.exec(version) ?? []
  if (major === undefined || minor === undefined) return null
  const [safeMajor, safeMinor] = SAFE_SINCE
  return Number(major) < safeMajor || (Number(major) === safeMajor && Number(minor) < safeMinor)
}
