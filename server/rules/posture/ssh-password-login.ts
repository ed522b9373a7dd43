/**
 * Remote login accepts passwords, which can be guessed; keys cannot.
 *
 * Limits: a warning on servers that others can reach, else a note. No SSH server: not applicable.
 */
import { defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `posture/ssh-password-login`; its limits stand at the top of this file. */
export const sshPasswordLogin = defineRule({
  id: 'posture/ssh-password-login',
  needs: ['sshd'],
  limits: [],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ sshd: { running, passwordLogin, reachable, ports } }, context) {
    if (!running) yield notApplicable()
    else if (passwordLogin === null) yield unknown('', 'empty')
    else if (!passwordLogin) yield pass()
    else {
      const isExposed = context.role === 'server' && reachable !== false
      yield fail('', isExposed ? 'warning' : 'info', { ports: ports.join(', ') })
    }
  },
})
