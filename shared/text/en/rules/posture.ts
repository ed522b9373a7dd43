/** English texts of the rules about access: firewall, remote login, time. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'
import { access } from './access.ts'
import { accounts } from './accounts.ts'

/** Kinds of network of Windows, as the end of a sentence. */
const NETWORKS = { domain: ' on company networks', private: ' on private networks', public: ' on public networks' }
const on = (profile: keyof typeof NETWORKS | undefined) => (profile === undefined ? '' : NETWORKS[profile])
const ports = (list: string) => (list === '' ? '' : ` (port ${list})`)

/** English texts of the rules about access and time. */
export const posture: RuleTextsAbout<'posture'> = {
  ...access,
  ...accounts,
  'posture/firewall-off': {
    name: 'Firewall',
    title: (v) => `The firewall (${v.tool}) is off or lets everything in${on(v.profile)}.`,
    looked: (v) => `The state of ${v.tool}, and what it does with traffic that no rule names.`,
    todo: (v) =>
      v.tool === 'ufw'
        ? 'Allow what is needed first, then switch it on: ufw allow OpenSSH && ufw enable.'
        : v.tool === 'firewalld'
          ? 'Switch it on: systemctl enable --now firewalld.'
          : v.tool === 'windows-firewall'
            ? 'Switch it on for every kind of network: Set-NetFirewallProfile -All -Enabled True -DefaultInboundAction Block. A group policy may hold it off.'
            : v.tool === 'application-firewall'
              ? 'Switch it on: socketfilterfw --setglobalstate on.'
              : 'Load a rule set whose input chain drops what no rule names.',
    manager: () => 'Nothing stands between this machine and the network it is on. Any device nearby can try its doors.',
    impact: 'Every service of the machine can be reached by everybody on its network.',
    blind: 'Whether a firewall protects this machine could not be told.',
  },
  'posture/firewall-not-permanent': {
    name: 'Firewall after a restart',
    title: (v) => `The firewall (${v.tool}) will not come back after a restart.`,
    looked: (v) => `Whether ${v.tool} starts with the machine.`,
    todo: (v) => `Let it start by itself: systemctl enable ${v.tool}.`,
    manager: () =>
      'The protection against the network is on today and gone after the next restart. It takes ten minutes to make it last.',
    impact: 'After the next restart the machine is open, and nobody notices.',
    blind: 'Whether the firewall comes back after a restart could not be told.',
  },
  'posture/ssh-root-login': {
    name: 'Administrator login',
    title: (v) => `The administrator account may sign in over the network with a password${ports(v.ports)}.`,
    looked: () => 'The effective settings of the SSH server: PermitRootLogin.',
    todo: () => 'Set PermitRootLogin prohibit-password in /etc/ssh/sshd_config, then reload the SSH server.',
    manager: () => 'Whoever guesses one password owns this machine. Attackers try this day and night.',
    impact: 'One guessed password gives full control.',
    blind: 'Whether the administrator account may sign in from outside could not be told.',
  },
  'posture/ssh-password-login': {
    name: 'Password login',
    title: (v) => `Remote login accepts passwords${ports(v.ports)}.`,
    looked: () => 'The effective settings of the SSH server: PasswordAuthentication.',
    todo: () =>
      'Give everybody a key, then set PasswordAuthentication no in /etc/ssh/sshd_config and reload the SSH server.',
    manager: () => 'Passwords can be guessed or stolen; keys cannot be guessed. Changing to keys takes half an hour.',
    impact: 'Passwords are tried by machines all day long.',
    blind: 'Whether remote login accepts passwords could not be told.',
  },
  'posture/time-unsynchronized': {
    name: 'Clock kept right',
    title: (v, f) =>
      v.offsetMs !== null && v.tool !== ''
        ? `The clock is not kept right: ${v.tool} says that it is off by ${f.count(Math.abs(v.offsetMs))} ms.`
        : 'The clock is not kept right by a time source.',
    looked: (v) => (v.tool === '' ? 'Whether a time service runs: none does.' : `What ${v.tool} says of the clock.`),
    todo: (v) =>
      v.tool === ''
        ? 'Switch one on: timedatectl set-ntp true on Linux, Start-Service w32time on Windows, systemsetup -setusingnetworktime on on a Mac.'
        : v.tool === 'w32time'
          ? 'Check its source and ask it again: w32tm /query /source, then w32tm /resync.'
          : v.tool === 'timed'
            ? 'Check its time server: systemsetup -getnetworktimeserver, then sntp with its name.'
            : `Check that its time servers can be reached: systemctl status ${v.tool}.`,
    manager: () =>
      'The clock of this machine drifts. Sooner or later signing in fails, and records no longer prove when something happened.',
    impact: 'Sign-in, certificates and logs depend on the right time.',
    blind: 'Whether the clock is kept right could not be told.',
  },
}
