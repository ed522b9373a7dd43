/**
 * The administrator account may sign in over the network with a password.
 *
 * Limits: `PermitRootLogin yes` is a warning where passwords are accepted and others can reach the service, else a note. By key only
 * passes. No SSH server: not applicable.
 */
import { defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `posture/ssh-root-login`; its limits stand at the top of this file. */
export const sshRootLogin = defineRule({
  id: 'posture/ssh-root-login',
  needs: ['sshd'],
  limits: [],
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ sshd: { running, rootLogin, passwordLogin, reachable, ports } }) {
    if (!running) yield notApplicable()
    else if (rootLogin === null) yield unknown('', 'empty')
    else if (rootLogin !== 'yes') yield pass()
    else {
      const isOpen = passwordLogin !== false && reachable !== false
      yield fail('', isOpen ? 'warning' : 'info', { ports: ports.join(', ') })
    }
  },
})
