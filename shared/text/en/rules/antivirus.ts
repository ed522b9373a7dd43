/** English texts of the rules about protection against malware. Pure. */
import { counted as n } from '../../counted.ts'
import { protectionCommandsOf } from '../../protection-commands.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** Why a product that runs does not watch. Words of the agent's own list; any other says nothing. */
const WHY: { readonly [mode: string]: string } = {
  passive: 'It is passive: it leaves the work to another product, and none is known to do it.',
  off: 'It is switched off.',
  snoozed: 'Somebody switched it off for a while.',
  reduced: 'It runs and cannot do its work.',
  unregistered: 'It is not registered with its console.',
}
const why = (mode: string | null) => (mode === null || !Object.hasOwn(WHY, mode) ? '' : ` ${WHY[mode] ?? ''}`)

/** English texts of the rules about protection. */
export const antivirus: RuleTextsAbout<'antivirus'> = {
  'antivirus/threat-active': {
    name: 'Malware found',
    title: (v, f) =>
      v.active > 0
        ? `Malware was found on this machine and is not dealt with: ${n(f, v.active, '# threat', '# threats')}.`
        : `Malware was found on this machine; dealing with it failed ${n(f, v.failed ?? 0, 'once', '# times')} in the last ${n(f, v.withinDays, 'day', '# days')}.`,
    looked: () => 'What the protection itself counts: how many, not which files. Names and paths stay on the machine.',
    todo: () =>
      'Take the machine off the network, open the history of the protection, remove what is left, then scan everything. Ask how it came in.',
    manager: () =>
      'The protection found something harmful on this machine and could not finish with it. Until it has, treat passwords used there as known to others.',
    impact: 'What is still there may spread, encrypt files or read passwords.',
    blind: 'Whether the protection found anything could not be told.',
  },
  'antivirus/none-seen': {
    name: 'Protection present',
    title: () => 'No protection against malware was seen on this machine.',
    looked: () =>
      'Every product that Rounds knows, by its service and its files. A scanner that nobody starts does not count.',
    todo: () =>
      'Decide whether this machine needs one. Windows brings Defender along: see why it is off. On Linux, ClamAV checks files that Windows users share (packages clamav-daemon, clamav-freshclam).',
    manager: () =>
      'Nothing watches for malware on this machine. For many servers that is usual; a contract or an insurer may ask for it.',
    impact: 'Malware that reaches this machine is not noticed and may be passed on.',
    blind: 'Whether this machine is protected against malware could not be told.',
  },
  'antivirus/not-running': {
    name: 'Protection runs',
    title: (v) => `${v.product} is installed and does not run.`,
    looked: (v) => `The service of ${v.product}.`,
    todo: (v) => {
      const { start, log } = protectionCommandsOf(v.product)
      return start === null || log === null
        ? `Start its service and see why it stopped, in the log of ${v.product} and in that of the system. If it was replaced, uninstall it.`
        : `Start it: ${start}. See why it stopped: ${log}. If it was replaced, uninstall it.`
    },
    manager: () =>
      'The protection against malware that is installed here is switched off. Until it runs again, this machine is not protected.',
    impact: 'A protection that does not run protects nobody.',
    blind: 'Whether the protection runs could not be told.',
  },
  'antivirus/real-time-off': {
    name: 'Real-time protection',
    title: (v) => `${v.product} does not check files as they are used.${why(v.mode)}`,
    looked: (v) => `The state of ${v.product}’s real-time protection; that it runs is no proof of it.`,
    todo: (v) => {
      const { realTime } = protectionCommandsOf(v.product)
      const isOff = v.mode === null || v.mode === 'off' || v.mode === 'snoozed'
      return realTime === null || !isOff
        ? 'Open the product or its console and switch real-time protection on, or see why it does not work.'
        : `Switch it on: ${realTime}. If it stays off, a policy or another product holds it off, or its log says why.`
    },
    manager: () => 'Malware is found here only when somebody runs a scan, which is usually too late.',
    impact: 'A dangerous file is noticed only after it was opened.',
    blind: 'Whether files are checked as they are used could not be told.',
  },
  'antivirus/expired': {
    name: 'License of the protection',
    title: (v) => `The license of ${v.product} has expired.`,
    looked: (v) => `What ${v.product} says of itself.`,
    todo: (v) =>
      `Renew the license of ${v.product}, or uninstall it so that the protection of the system takes over again.`,
    manager: (v) =>
      `${v.product} is no longer paid for. It gets no updates and protects less every day, or not at all.`,
    impact: 'An expired product keeps the built-in protection off and protects nobody itself.',
    blind: 'Whether the license of the protection still runs could not be told.',
  },
  'antivirus/signatures-old': {
    name: 'Age of signatures',
    title: (v, f) =>
      v.ageMs === null
        ? `${v.product} says that its signatures are out of date.`
        : `The signatures of ${v.product} are ${f.span(v.ageMs)} old.`,
    looked: (v, f) =>
      v.signaturesAt === null
        ? `What ${v.product} says of itself; it gives no date.`
        : `The date inside ${v.product}’s newest signatures: ${f.date(v.signaturesAt)}.`,
    todo: (v) => {
      const { refresh, refreshLog } = protectionCommandsOf(v.product)
      if (v.product === 'XProtect')
        return 'In System Settings > General > Software Update, let system data files and security updates come by themselves; from macOS 15 on, fetch them at once: xprotect update.'
      return refresh === null || refreshLog === null
        ? 'Update them in the product or its console, and see what fails.'
        : `Update them: ${refresh}. If that fails, see why: ${refreshLog}.`
    },
    manager: (v, f) =>
      v.ageMs === null
        ? 'The protection does not know the newest malware.'
        : `The protection does not know the malware of the last ${f.span(v.ageMs)}.`,
    impact: 'New malware appears every day; old signatures let it through.',
    blind: 'How old the signatures are could not be told.',
  },
  'antivirus/several-active': {
    name: 'One protection at a time',
    title: (v) => `Several products check the same files at the same time: ${v.products}.`,
    looked: () => 'Which products say that their real-time protection is on.',
    todo: () => 'Choose one and uninstall the others with the tool of their maker.',
    manager: () =>
      'More than one antivirus works on this machine. That makes it slow and less safe, since they get in each other’s way.',
    impact: 'Two products slow the machine down and may block each other.',
    blind: 'Whether more than one antivirus is at work could not be told.',
  },
}
