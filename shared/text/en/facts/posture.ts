/** English texts of the facts of `posture`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ROOT = {
  yes: 'root may log in',
  no: 'root may not log in',
  'keys-only': 'root only with a key',
  'forced-commands': 'root only for fixed commands',
}
const ENCRYPTION = {
  protected: 'Encrypted',
  suspended: 'Encrypted, with the key lying open beside it',
  off: 'Not encrypted',
  partial: 'Encrypted in part',
  encrypting: 'Being encrypted',
  decrypting: 'Being decrypted',
  locked: 'Locked',
}
const UPS = {
  online: 'On mains',
  'on-battery': 'On battery',
  'low-battery': 'Battery nearly empty',
  bypass: 'On bypass: not protected',
  off: 'Off',
  unknown: 'State not told',
}
const LOCK = { on: 'Locks', off: 'Does not lock', 'no-screen': 'Nobody sits in front of it' }

/** By key. */
export const postureFacts: FactTextsOf<'posture'> = {
  'posture.firewall': {
    name: 'Firewall',
    say: (v) =>
      parts(
        yes(v.enabled, 'On', 'Off', 'Not told'),
        v.tool,
        yes(v.startsAtBoot, 'comes back after a restart', 'does not come back after a restart', null),
        v.inbound === 'drop' && 'refuses what no rule allows',
        v.inbound === 'accept' && 'accepts what no rule refuses',
      ),
  },
  'posture.sshd': {
    name: 'Remote login (SSH)',
    say: (v) =>
      v.running === 'no'
        ? 'No server listens'
        : parts(
            v.ports === '' ? 'Runs' : `Listens on ${v.ports}`,
            yes(v.reachable, 'reachable from outside', 'this machine only', null),
            of(ROOT, v.rootLogin),
            yes(v.passwordLogin, 'passwords accepted', 'keys only', null),
          ),
  },
  'posture.time': {
    name: 'Clock',
    say: (v, f) =>
      parts(
        yes(v.synchronized, 'Kept in step', 'Not kept in step', 'Not told'),
        v.tool,
        v.offsetMs !== null && `${f.count(Math.round(v.offsetMs))} ms off`,
      ),
  },
  'posture.encryption': {
    name: 'Encryption',
    say: (v, f) => (v.count === 0 ? 'No volume was told of' : n(f, v.count, '# volume', '# volumes')),
  },
  'posture.encrypted-volume': { name: null, say: (v) => parts(of(ENCRYPTION, v.state), v.method) },
  'posture.remote-desktop': {
    name: 'Remote desktop',
    say: (v, f) =>
      parts(
        yes(v.enabled, 'On', 'Off', 'Not told'),
        v.enabled === 'yes' && v.port !== null && `port ${f.count(v.port)}`,
        v.enabled === 'yes' &&
          yes(v.networkLevelAuthentication, 'asks who it is first', 'opens a session before it asks who it is', null),
        v.tools !== '' && `also ${v.tools}`,
      ),
  },
  'posture.smb1': {
    name: 'Old file sharing (SMB 1)',
    say: (v) => yes(v.enabled, 'On', 'Off', 'Not told') ?? '',
  },
  'posture.accounts': {
    name: 'Accounts',
    say: (v, f) =>
      parts(
        v.administrators === null
          ? 'Administrators not told'
          : n(f, v.administrators, '# administrator', '# administrators'),
        v.guestEnabled === 'yes' && 'guest may sign in',
        v.automaticLogin === 'yes' && 'signs in by itself',
        v.emptyPasswords !== null &&
          v.emptyPasswords > 0 &&
          n(f, v.emptyPasswords, '# without a password', '# without a password'),
        v.builtinAdministratorEnabled === 'yes' && 'built-in administrator may sign in',
      ),
  },
  'posture.screen-lock': {
    name: 'Screen lock',
    say: (v, f) =>
      parts(
        of(LOCK, v.state),
        v.state === 'on' && v.afterSeconds !== null && `after ${f.span(v.afterSeconds * 1_000)}`,
      ),
  },
  'posture.boot-trust': {
    name: 'Trusted start',
    say: (v) =>
      parts(
        yes(v.secureBoot, 'Secure Boot on', 'Secure Boot off', 'Secure Boot: no such thing or not told'),
        v.tpm === 'none' ? 'no TPM' : v.tpm !== null && `TPM ${v.tpm}`,
      ),
  },
  'posture.guards': {
    name: 'Guards of the system',
    say: (v) =>
      parts(
        yes(v.gatekeeper, 'Gatekeeper on', 'Gatekeeper off', null),
        yes(v.sip, 'system integrity protection on', 'system integrity protection off', null),
        yes(v.uac, 'user account control on', 'user account control off', null),
      ) || 'None told',
  },
  'posture.upses': {
    name: 'Uninterruptible power supplies',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# supply', '# supplies')),
  },
  'posture.ups': {
    name: null,
    say: (v, f) =>
      parts(
        of(UPS, v.status),
        v.replaceBattery === 'yes' && 'asks for a new battery',
        v.chargePercent !== null && `${f.percent(v.chargePercent)} charged`,
        v.runtimeMs !== null && `lasts ${f.span(v.runtimeMs)}`,
      ),
  },
}
