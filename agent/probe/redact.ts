/** Takes what identifies a machine or a person, and passwords in addresses, out of a recording: serial numbers, MAC and IP addresses, host and user names. Pure. */
import { firmwareText } from '../checks/system/hardware.ts'
import { withoutCredentials } from '../checks/without-credentials.ts'
import { isAccountList, redactAccounts } from './redact-accounts.ts'

/** Host names that identify nobody, and that stand in os-release or package names: replacing them would falsify a recording. */
const GENERIC_HOSTS: ReadonlySet<string> = new Set(
  'localhost localdomain debian ubuntu fedora centos rocky alma rhel arch suse opensuse linux server desktop laptop vm host'.split(
    ' ',
  ),
)

const SERIAL_JSON = /("(?:[a-z_]*serial(?:_number|number|num|no)?|wwn|uuid|eui64|sn)"\s*:\s*")([^"]{1,128})(")/gi
const SERIAL_TEXT =
  /^([ \t]*(?:E:)?(?:[A-Z_ ]*SERIAL(?:[_ ](?:NUMBER|SHORT|NO))?|LU WWN Device Id)[ \t]*[:=][ \t]*)(\S[^\n]{0,127})$/gim
/** Ids of falconctl: of the sensor and of the customer. */
const SENSOR_ID = /\b((?:aid|cid)\s*=\s*"?)([0-9a-f]{32}(?:-[0-9a-f]{2})?)\b/gi
const PERSON_JSON = /("(?:hostname|host_name|username|user_name|user)"\s*:\s*")([^"]{1,128})(")/gi
const MAC = /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/gi
const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g
/** Candidates; `isIpv6` decides, because times (12:34:56) and MAC addresses look alike. */
const IPV6 = /(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]{1,35}(?![\w:.])/gi
const HOME = /(\/home\/)([^/\s"':,;\\]{1,64})/g
/** Files whose whole content is a serial number. */
const SERIAL_FILES =
  /\/(?:product|board|chassis)_(?:serial|uuid|asset_tag)$|\/(?:serial|wwid|vpd_pg80|vpd_pg83|machine-id|hostname)$/

/** Replaces secrets in a text; `path` is the file that the text is the whole content of. */
export type Redactor = (text: string, path?: string) => string

/**
 * A redactor with a memory: the same secret gets the same stand-in within one recording, so that a serial number in two
 * outputs still is the same drive. Stand-ins are numbered in order of appearance and cannot be turned back.
 * @param hostName of this machine; replaced as a whole word.
 * @returns a function; with `path` it also knows files whose whole content identifies (`…/product_serial`).
 */
export function createRedactor(hostName: string): Redactor {
  const known = new Map<string, string>()
  const standIn = (kind: string, secret: string, make: (n: number) => string) => {
    const key = `${kind} ${secret}`
    const found = known.get(key)
    if (found !== undefined) return found
    const n = [...known.keys()].filter((other) => other.startsWith(`${kind} `)).length + 1
    known.set(key, make(n))
    return make(n)
  }
  // A placeholder must stay one: a stand-in for "-" would be read as a real serial number.
  const serial = (secret: string) =>
    firmwareText(secret) === null ? secret : standIn('serial', secret.trim(), (n) => `SERIAL-${n}`)
  const person = (secret: string) => standIn('user', secret, (n) => `user${n}`)
  const host = hostPattern(hostName)

  return (text, path = '') => {
    const whole = text.trim()
    if (SERIAL_FILES.test(path) && whole !== '') return `${serial(whole)}\n`
    if (isAccountList(path)) return redactAccounts(text, path, person)
    const named = withoutCredentials(text)
      .replace(SERIAL_JSON, (_, head: string, secret: string, tail: string) => head + serial(secret) + tail)
      .replace(SERIAL_TEXT, (_, head: string, secret: string) => head + serial(secret))
      .replace(SENSOR_ID, (_, head: string, secret: string) => head + serial(secret))
      .replace(PERSON_JSON, (_, head: string, secret: string, tail: string) => head + person(secret) + tail)
      .replace(HOME, (_, head: string, secret: string) => head + person(secret))
    const numbered = named
      .replace(MAC, (secret) => standIn('mac', secret.toLowerCase(), (n) => `02:00:00:00:00:${hex(n)}`))
      .replace(IPV6, (secret) =>
        !isIpv6(secret) ? secret : standIn('ip6', secret.toLowerCase(), (n) => `2001:db8::${n.toString(16)}`),
      )
      .replace(IPV4, (secret) => (isPublicKnowledge(secret) ? secret : standIn('ip', secret, documentationAddress)))
    return host === null ? numbered : numbered.replace(host, 'machine1')
  }
}

/** Loopback and "any" say nothing about a network, and rules need them. */
function isPublicKnowledge(address: string): boolean {
  return address.startsWith('127.') || address === '0.0.0.0' || address.startsWith('192.0.2.')
}

/** Eight groups, or fewer around one `::`; loopback and "any" stay, as in IPv4. */
function isIpv6(text: string): boolean {
  const groups = text.split(':').length
  const shortened = text.includes('::') && groups <= 9
  return (shortened || groups === 8) && /[0-9]/.test(text) && text !== '::1' && !text.startsWith('2001:db8:')
}

/** Addresses of RFC 5737, which belong to nobody. */
function documentationAddress(n: number): string {
  return n < 255 ? `192.0.2.${n}` : `198.51.100.${n % 255}`
}

function hex(n: number): string {
  return (n & 0xff).toString(16).padStart(2, '0')
}

function hostPattern(hostName: string): RegExp | null {
  const short = hostName.split('.', 1)[0] ?? ''
  if (short.length < 2 || GENERIC_HOSTS.has(short.toLowerCase())) return null
  const escaped = short.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w-])${escaped}(?:\\.[\\w.-]+)?(?![\\w-])`, 'gi')
}
