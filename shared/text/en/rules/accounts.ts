/** English texts of the rules about accounts, the screen and the power supply. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** English texts of the rules about who signs in, and about what keeps the machine running. */
export const accounts: Pick<
  RuleTextsAbout<'posture'>,
  | 'posture/guest-on'
  | 'posture/automatic-login'
  | 'posture/empty-passwords'
  | 'posture/administrators-many'
  | 'posture/screen-lock-off'
  | 'posture/ups-on-battery'
  | 'posture/ups-replace-battery'
> = {
  'posture/guest-on': {
    name: 'Guest account',
    title: () => 'The guest account is switched on.',
    looked: () => 'The built-in guest account of the system, by its number.',
    todo: () =>
      'Switch it off: on Windows Disable-LocalUser with the SID that ends in 501, on macOS in Users & Groups.',
    manager: () => 'Anybody may use this machine without a password and without leaving a name.',
    impact: 'Anybody may sign in without a password.',
    blind: 'Whether guests may sign in could not be told.',
  },
  'posture/automatic-login': {
    name: 'Automatic sign-in',
    title: () => 'Somebody is signed in when the machine starts, without a password.',
    looked: () => 'The setting for automatic sign-in.',
    todo: () =>
      'Switch it off: on Windows netplwiz or AutoAdminLogon = 0, and delete DefaultPassword; on macOS in Users & Groups; on Linux in the settings of the display manager.',
    manager: () => 'Whoever switches this machine on is inside, with all the rights of the person it signs in.',
    impact: 'Whoever switches the machine on is signed in.',
    blind: 'Whether somebody is signed in automatically could not be told.',
  },
  'posture/empty-passwords': {
    name: 'Accounts without a password',
    title: (v, f) =>
      f.plural(v.count, {
        one: 'One account that may sign in has no password.',
        other: `${f.count(v.count)} accounts that may sign in have no password.`,
      }),
    looked: () => 'The field of the password in /etc/shadow; names and passwords are not sent.',
    todo: () => 'List them: passwd -Sa (NP in the second column). Then set a password or lock each: passwd -l NAME.',
    manager: () => 'Some accounts of this machine open for anybody who knows their name.',
    impact: 'Anybody who knows the name of the account may sign in.',
    blind: 'Whether accounts without a password exist could not be told.',
  },
  'posture/administrators-many': {
    name: 'Administrators',
    title: (v, f) =>
      `${counted(f, v.count, '# account', '# accounts')} may do everything on this machine; ${f.count(v.most)} are enough.`,
    looked: () => 'How many members the group of administrators has; their names are not sent.',
    todo: () =>
      'Go through the members with the manager. For daily work give everybody an account without these rights, and keep one administrator for installations.',
    manager: () =>
      'Malicious software has the rights of the person who opens it. Each person with all rights makes one careless click a catastrophe.',
    impact: 'Malicious software gets all the rights of whoever opens it.',
    blind: 'How many administrators this machine has could not be told.',
  },
  'posture/screen-lock-off': {
    name: 'Screen lock',
    title: () => 'The screen does not lock itself.',
    looked: () => 'The settings of the screen saver and the limit of the machine.',
    todo: () =>
      'Set a limit for all: on Windows InactivityTimeoutSecs = 900 by policy, on macOS a profile that asks for the password.',
    manager: () => 'When somebody goes to lunch, everybody who walks by can read and write in their name.',
    impact: 'Whoever walks by works in the name of the signed-in person.',
    blind: 'Whether the screen locks itself could not be told.',
  },
  'posture/ups-on-battery': {
    name: 'Power supply',
    title: (v) =>
      v.status === 'low-battery'
        ? `The battery of the UPS ${v.ups} is nearly empty.`
        : v.status === 'on-battery'
          ? `The UPS ${v.ups} runs on its battery.`
          : v.status === 'bypass'
            ? `The UPS ${v.ups} passes the mains through and protects nothing.`
            : `The UPS ${v.ups} is switched off.`,
    looked: (v) => `The state that the UPS ${v.ups} reports.`,
    todo: (v) =>
      v.status === 'low-battery' || v.status === 'on-battery'
        ? 'Check the mains and the fuse. If the power stays away, shut the machines down in order.'
        : 'Look at the front of the UPS: switch it on, or out of its bypass.',
    manager: (v) =>
      v.status === 'low-battery' || v.status === 'on-battery'
        ? 'The power is out. The machines run for some minutes more and then stop, unless it comes back.'
        : 'At the next power cut these machines stop at once, as if there were no UPS.',
    impact: 'Without power the machines stop, and what is being written is lost.',
    blind: 'Whether the UPS runs on mains could not be told.',
  },
  'posture/ups-replace-battery': {
    name: 'Battery of the UPS',
    title: (v) => `The UPS ${v.ups} asks for a new battery.`,
    looked: (v) => `What the UPS ${v.ups} says about its own battery.`,
    todo: () =>
      'Order the battery of the maker for this model and replace it at the next visit; most can be changed while the UPS runs.',
    manager: () =>
      'The UPS is there and will not hold when the power fails. A new battery costs little beside a day without the server.',
    impact: 'At the next power cut the UPS will not hold.',
    blind: 'The state of the battery of the UPS could not be told.',
  },
}
