/** English texts of the rules about updates. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import { updateCommandsOf as commandsOf } from '../../update-commands.ts'

type About = { readonly manager?: string }

/** Windows servers have sconfig; everywhere else on Windows it is done in the settings. */
const WINDOWS = 'windows-update'
const ofWindows = (command: string) => `Settings > Windows Update (on a server: ${command}).`
const install = ({ manager }: About) => {
  const commands = commandsOf(manager)
  if (commands === null) return 'Install them with the update tool of the system.'
  return `Install them: ${manager === WINDOWS ? ofWindows(commands.install) : `${commands.install}.`}`
}
const refresh = ({ manager }: About) => {
  const commands = commandsOf(manager)
  if (commands === null) return 'Refresh it with the update tool of the system, and repair what it complains about.'
  const log = commands.refreshLog === null ? '' : ` Then look at what should do it by itself: ${commands.refreshLog}.`
  return `Refresh it: ${commands.refresh}. If that fails, repair the source that it names.${log}`
}
const switchOn = ({ manager }: About) => {
  const automatic = commandsOf(manager)?.automatic ?? null
  if (automatic === null)
    return 'Agree on who installs updates here, and how often; this system has no automatic way of its own.'
  return `Switch them on: ${manager === WINDOWS ? ofWindows(automatic) : `${automatic}.`}`
}

/** English texts of the rules about updates. */
export const patch: RuleTextsAbout<'patch'> = {
  'patch/security-overdue': {
    name: 'Age of security updates',
    title: (v, f) =>
      `${counted(f, v.count, '# security update waits', '# security updates wait')}, the oldest for ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      `The updates that the package manager offers, and since when each was seen. Oldest, since ${f.date(v.oldestSince)}: ${v.names}.`,
    todo: (v) => `${install(v)} Then find out why it did not happen by itself.`,
    manager: (v, f) =>
      `Known security holes have been open on this machine for ${f.span(v.ageMs)}. Attackers use them; an insurer may refuse to pay.`,
    impact: 'The holes that these updates close are public and used by attackers.',
    blind: 'Since when security updates wait could not be told.',
  },
  'patch/security-waiting': {
    name: 'Waiting security updates',
    title: (v, f) => `${counted(f, v.count, '# security update waits', '# security updates wait')} to be installed.`,
    looked: (v) => `The updates that the package manager offers, among them: ${v.names}.`,
    todo: install,
    manager: () =>
      'This machine has fallen behind with its security updates. Installing them takes under an hour, at a time that suits you.',
    impact: 'Every waiting security update is a known hole.',
    blind: 'Which security updates wait could not be told.',
  },
  'patch/list-stale': {
    name: 'Age of the update list',
    title: (v, f) => `The list of available updates is ${f.span(v.ageMs)} old.`,
    looked: (v, f) => `When the package manager last refreshed its lists: ${f.date(v.refreshedAt)}.`,
    todo: refresh,
    manager: () =>
      'This machine no longer learns which updates exist. What it says about missing updates cannot be relied on.',
    impact: 'With an old list, “nothing is missing” means nothing.',
    blind: 'How old the list of updates is could not be told.',
  },
  'patch/upgrade-overdue': {
    name: 'Last update',
    title: (v, f) => `No update has been installed for ${f.span(v.ageMs)}.`,
    looked: (v, f) => `The history of the package manager; the last successful run was on ${f.date(v.lastAt)}.`,
    todo: (v) => `${install(v)} Then switch automatic security updates on.`,
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
    todo: (v) => {
      const restart = commandsOf(v.manager)?.restart ?? null
      return `Agree on a time with the people who use it, then restart${restart === null ? '' : `: ${restart}`}.`
    },
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
    todo: switchOn,
    manager: () =>
      'This machine is updated only when somebody thinks of it. Switching automatic security updates on takes a quarter of an hour.',
    impact: 'Between two visits nobody closes new holes.',
    blind: 'Whether updates are installed by themselves could not be told.',
  },
  'patch/database-broken': {
    name: 'Package database',
    title: (v) =>
      v.problems === '' ? 'The package database is broken.' : `The package database is broken: ${v.problems}.`,
    looked: () => 'The state of the installed packages, as their own database tells it.',
    todo: (v) => {
      const repair = commandsOf(v.manager)?.repair ?? null
      return repair === null ? 'Repair it with the package manager of the system.' : `Repair it: ${repair}.`
    },
    manager: () =>
      'An update was interrupted, and since then this machine cannot install any. Until it is repaired, no security hole is closed.',
    impact: 'Nothing can be installed or updated until it is repaired.',
    blind: 'Whether the package database is sound could not be told.',
  },
  'patch/security-held': {
    name: 'Held updates',
    title: (v, f) => `${counted(f, v.count, '# security update is', '# security updates are')} held back by hand.`,
    looked: () => 'The updates that an administrator has put on hold or hidden.',
    todo: (v) => {
      const unhold = commandsOf(v.manager)?.unhold ?? null
      return `Find out why, then release what is no longer held for a reason${unhold === null ? '' : `: ${unhold} NAME`}.`
    },
    manager: () =>
      'Somebody has decided that certain security updates are not installed here. That decision should have a reason and an end.',
    impact: 'A held package keeps its holes for as long as it is held.',
    blind: 'Whether security updates are held back could not be told.',
  },
  'patch/update-failing': {
    name: 'Failing updates',
    title: (v, f) =>
      `${counted(f, v.count, '# update fails', '# updates fail')} every time, up to ${counted(f, v.times, '# time', '# times')} in a row.`,
    looked: (v) => `The history of updates: what was tried, and how it ended. Failing: ${v.names}.`,
    todo: (v) => {
      const commands = commandsOf(v.manager)
      const log = commands?.log ?? null
      const look = log === null ? 'Look up why it fails in the log of the update tool' : `Look up why it fails: ${log}`
      const free = 'make sure that enough space is free, then try it again by hand'
      const repair = v.manager === WINDOWS && commands?.repair != null ? ` If it fails again: ${commands.repair}.` : ''
      return `${look}; ${free}.${repair}`
    },
    manager: () =>
      'An update is tried on this machine again and again without success. What it was to repair stays open until somebody looks into it.',
    impact: 'An update that fails leaves its hole open, although automatic updates look switched on.',
    blind: 'Whether updates fail could not be told.',
  },
}
