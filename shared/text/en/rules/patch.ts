/** English texts of the rules about updates. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

const INSTALL = 'Install them: apt update && apt full-upgrade.'

/** English texts of the rules about updates. */
export const patch: RuleTextsAbout<'patch'> = {
  'patch/security-overdue': {
    name: 'Age of security updates',
    title: (v, f) =>
      `${counted(f, v.count, '# security update waits', '# security updates wait')}, the oldest for ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      `The updates that the package manager offers, and since when each was seen. Oldest, since ${f.date(v.oldestSince)}: ${v.names}.`,
    todo: () => `${INSTALL} Then find out why it did not happen by itself.`,
    manager: (v, f) =>
      `Known security holes have been open on this machine for ${f.span(v.ageMs)}. Attackers use them; an insurer may refuse to pay.`,
    impact: 'The holes that these updates close are public and used by attackers.',
    blind: 'Since when security updates wait could not be told.',
  },
  'patch/security-waiting': {
    name: 'Waiting security updates',
    title: (v, f) => `${counted(f, v.count, '# security update waits', '# security updates wait')} to be installed.`,
    looked: (v) => `The updates that the package manager offers, among them: ${v.names}.`,
    todo: () => INSTALL,
    manager: () =>
      'This machine has fallen behind with its security updates. Installing them takes under an hour, at a time that suits you.',
    impact: 'Every waiting security update is a known hole.',
    blind: 'Which security updates wait could not be told.',
  },
  'patch/list-stale': {
    name: 'Age of the update list',
    title: (v, f) => `The list of available updates is ${f.span(v.ageMs)} old.`,
    looked: (v, f) => `When the package manager last refreshed its lists: ${f.date(v.refreshedAt)}.`,
    todo: () =>
      'Refresh it: apt update. If that fails, repair the source that it names; then check the timer: systemctl status apt-daily.timer.',
    manager: () =>
      'This machine no longer learns which updates exist. What it says about missing updates cannot be relied on.',
    impact: 'With an old list, “nothing is missing” means nothing.',
    blind: 'How old the list of updates is could not be told.',
  },
  'patch/upgrade-overdue': {
    name: 'Last update',
    title: (v, f) => `No update has been installed for ${f.span(v.ageMs)}.`,
    looked: (v, f) => `The history of the package manager; the last successful run was on ${f.date(v.lastAt)}.`,
    todo: () => `${INSTALL} Then switch automatic security updates on.`,
    manager: (v, f) =>
      `Nobody has updated this machine for ${f.span(v.ageMs)}. The longer it waits, the riskier and slower the update becomes.`,
    impact: 'A machine that is not updated collects holes and faults that are long repaired elsewhere.',
    blind: 'When this machine was last updated could not be told.',
  },
  'patch/reboot-pending': {
    name: 'Restart due',
    title: (v, f) => `Installed updates have been waiting for a restart for ${f.span(v.forMs)}.`,
    looked: (v) =>
      v.installed !== '' && v.installed !== v.running
        ? `The running kernel (${v.running}) against the installed one (${v.installed}), and the system’s own mark.`
        : 'The system’s own mark that a restart is due.',
    todo: () => 'Agree on a time with the people who use it, then restart: systemctl reboot.',
    manager: () =>
      'Updates are installed and protect nobody until this machine is restarted. It takes a few minutes; choose a moment that suits your work.',
    impact: 'Until the restart the old, vulnerable programs keep running.',
    blind: 'Whether a restart is due could not be told.',
  },
  'patch/automatic-off': {
    name: 'Automatic updates',
    title: (v) =>
      v.mechanism === ''
        ? 'Security updates are not installed by themselves: nothing does it here.'
        : `Security updates are not installed by themselves: ${v.mechanism} is switched off.`,
    looked: () => 'The settings of automatic updates and their timer.',
    todo: () => 'Switch them on: apt install unattended-upgrades && dpkg-reconfigure -plow unattended-upgrades.',
    manager: () =>
      'This machine is updated only when somebody thinks of it. Switching automatic security updates on takes a quarter of an hour.',
    impact: 'Between two visits nobody closes new holes.',
    blind: 'Whether updates are installed by themselves could not be told.',
  },
  'patch/database-broken': {
    name: 'Package database',
    title: (v) =>
      v.problems === '' ? 'The package database is broken.' : `The package database is broken: ${v.problems}.`,
    looked: () => 'The state of the installed packages: dpkg --audit.',
    todo: () => 'Repair it: dpkg --configure -a && apt -f install.',
    manager: () =>
      'An update was interrupted, and since then this machine cannot install any. Until it is repaired, no security hole is closed.',
    impact: 'Nothing can be installed or updated until it is repaired.',
    blind: 'Whether the package database is sound could not be told.',
  },
  'patch/security-held': {
    name: 'Held updates',
    title: (v, f) => `${counted(f, v.count, '# security update is', '# security updates are')} held back by hand.`,
    looked: () => 'The packages that an administrator has put on hold: apt-mark showhold.',
    todo: () => 'Find out why, then release what is no longer needed: apt-mark unhold NAME.',
    manager: () =>
      'Somebody has decided that certain security updates are not installed here. That decision should have a reason and an end.',
    impact: 'A held package keeps its holes for as long as it is held.',
    blind: 'Whether security updates are held back could not be told.',
  },
}
