/** English texts of the facts of `posture`. */
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ROOT = {
  yes: 'root may log in',
  no: 'root may not log in',
  'keys-only': 'root only with a key',
  'forced-commands': 'root only for fixed commands',
}

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
}
