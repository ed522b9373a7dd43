/** English texts of the rules about protection against malware. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'

/** English texts of the rules about protection. */
export const antivirus: RuleTextsAbout<'antivirus'> = {
  'antivirus/none-seen': {
    name: 'Protection present',
    title: () => 'No protection against malware was seen on this machine.',
    looked: () =>
      'Every product that Rounds knows, by its service and its files. A scanner that nobody starts does not count.',
    todo: () =>
      'Decide whether this machine needs one. For files that Windows users share: apt install clamav-daemon clamav-freshclam.',
    manager: () =>
      'Nothing watches for malware on this machine. For many servers that is usual; a contract or an insurer may ask for it.',
    impact: 'Malware that reaches this machine is not noticed and may be passed on.',
    blind: 'Whether this machine is protected against malware could not be told.',
  },
  'antivirus/not-running': {
    name: 'Protection runs',
    title: (v) => `${v.product} is installed and does not run.`,
    looked: (v) => `The service of ${v.product}.`,
    todo: (v) =>
      `Start it and see why it stopped: systemctl status, then the log of ${v.product}. If it was replaced, uninstall it.`,
    manager: () =>
      'The protection against malware that is installed here is switched off. Until it runs again, this machine is not protected.',
    impact: 'A protection that does not run protects nobody.',
    blind: 'Whether the protection runs could not be told.',
  },
  'antivirus/real-time-off': {
    name: 'Real-time protection',
    title: (v) => `${v.product} does not check files as they are used.`,
    looked: (v) => `The state of ${v.product}’s real-time protection; that it runs is no proof of it.`,
    todo: () => 'Switch real-time protection on in the product; for ClamAV: systemctl enable --now clamav-clamonacc.',
    manager: () => 'Malware is found here only when somebody runs a scan, which is usually too late.',
    impact: 'A dangerous file is noticed only after it was opened.',
    blind: 'Whether files are checked as they are used could not be told.',
  },
  'antivirus/signatures-old': {
    name: 'Age of signatures',
    title: (v, f) => `The signatures of ${v.product} are ${f.span(v.ageMs)} old.`,
    looked: (v, f) => `The date inside ${v.product}’s newest signatures: ${f.date(v.signaturesAt)}.`,
    todo: () => 'Update them and see what fails; for ClamAV: freshclam, then systemctl status clamav-freshclam.',
    manager: (v, f) => `The protection does not know the malware of the last ${f.span(v.ageMs)}.`,
    impact: 'New malware appears every day; old signatures let it through.',
    blind: 'How old the signatures are could not be told.',
  },
}
