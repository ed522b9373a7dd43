/** `sshd -T` (the effective configuration) → who may sign in and where it listens. Pure. Match blocks are not in it (OpenSSH 9.2). */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'

type Sshd = Extract<PostureSection['sshd'], { state: 'value' }>['value']
/** What the configuration says; whether it runs, and what really listens, is not in it. */
export type SshdConfig = Pick<Sshd, 'rootLogin' | 'passwordLogin' | 'ports' | 'reachable'>

const ROOT_LOGIN: { readonly [word: string]: Sshd['rootLogin'] } = {
  yes: 'yes',
  no: 'no',
  'without-password': 'keys-only',
  'prohibit-password': 'keys-only',
  'forced-commands-only': 'forced-commands',
}
const MAX_PORTS = 16

/** Errors: `access-denied` (host keys are for root), `exit`, `empty`, `parse` (not `sshd -T`, or a key stands there twice with other values). */
export function parseSshdConfig(text: string, stderr: string, exitCode: number | null): Result<SshdConfig, Failure> {
  if (/permission denied|no hostkeys available/i.test(stderr))
    return err({ code: 'access-denied', detail: `sshd -T: ${firstLine(stderr)}` })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `sshd -T ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'sshd -T printed nothing' })
  const settings = Map.groupBy(text.split('\n').map(settingOf), ([key]) => key)
  const all = (key: string) => [...new Set((settings.get(key) ?? []).map(([, value]) => value))]
  const ports = all('port').map(Number)
  const sound = ports.length > 0 && ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)
  if (!sound || !settings.has('permitrootlogin') || all('permitrootlogin').length > 1) {
    return err({ code: 'parse', detail: `not the output of sshd -T: ${firstLine(text)}` })
  }
  return ok({
    rootLogin: ROOT_LOGIN[all('permitrootlogin')[0] ?? ''] ?? null,
    passwordLogin: passwordLogin(all('passwordauthentication'), all('kbdinteractiveauthentication'), all('usepam')),
    ports: ports.slice(0, MAX_PORTS),
    reachable: reaches(all('listenaddress')),
  })
}

function settingOf(line: string): readonly [string, string] {
  const space = line.indexOf(' ')
  return space === -1 ? [line.toLowerCase(), ''] : [line.slice(0, space).toLowerCase(), line.slice(space + 1).trim()]
}

/** With PAM, keyboard-interactive asks for the password too (sshd_config(5), UsePAM). */
function passwordLogin(
  password: readonly string[],
  interactive: readonly string[],
  pam: readonly string[],
): boolean | null {
  if (password.includes('yes') || (interactive.includes('yes') && pam.includes('yes'))) return true
  const isTold = password.length === 1 && password[0] === 'no'
  const isAsked = interactive.length === 1 && (interactive[0] === 'no' || pam[0] === 'no')
  return isTold && isAsked ? false : null
}

/** Without a ListenAddress it listens everywhere; `sshd -T` always prints them, so none means not told. */
function reaches(addresses: readonly string[]): boolean | null {
  return addresses.length === 0 ? null : addresses.some((address) => !/^(?:127\.|\[::1\]|::1|localhost)/i.test(address))
}

/** The configuration is judged as if it ran: that is the careful reading. Errors as `parseSshdConfig`. */
export const sshdConfigSource: Source<'posture'> = {
  id: 'posture/sshd-config',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const config = parseSshdConfig(decode(stdout), stderr, exitCode)
    if (!config.ok) return config
    return ok({ parts: { sshd: read('posture/sshd-config', { running: true, ...config.value }) }, samples: {} })
  },
}
