/** English texts of what is proposed to a manager. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { ProposalTexts } from '../proposal-text.ts'

const on = (f: Formatter, n: number, names: string) => (n <= 3 ? names : counted(f, n, '# machine', '# machines'))

/** English texts of every kind of proposal. */
export const proposals: ProposalTexts = {
  'replace-disk': {
    what: (n, names, f) =>
      n === 1 ? `Replace the failing disk of ${names}` : `Replace the failing disks of ${on(f, n, names)}`,
    otherwise: 'When a disk breaks first, work stops until a new one is in and the last good copy is restored.',
  },
  'repair-array': {
    what: (n, names, f) => `Make the disks of ${on(f, n, names)} redundant again`,
    otherwise: 'The next disk that fails takes everything on it, and work stops until a copy is restored.',
  },
  'free-space': {
    what: (n, names, f) => `Make room, or add a larger disk, on ${on(f, n, names)}`,
    otherwise: 'Once the disk is full, programs stop saving and backups fail.',
  },
  'install-updates': {
    what: (n, names, f) => `Install the security updates on ${on(f, n, names)}`,
    otherwise: 'Known holes stay open: an attack that exists already works, and an insurer may refuse a claim.',
  },
  'automatic-updates': {
    what: (n, names, f) => `Let ${on(f, n, names)} install security updates automatically`,
    otherwise: 'Each security update waits until somebody thinks of it.',
  },
  restart: {
    what: (n, names, f) => `Restart ${on(f, n, names)} so that updates take effect`,
    otherwise: 'Updates that wait for a restart protect nothing.',
  },
  'install-antivirus': {
    what: (n, names, f) => `Install an antivirus on ${on(f, n, names)}`,
    otherwise: 'Malicious mail and files run unnoticed, and an insurer may refuse a claim.',
  },
  'repair-antivirus': {
    what: (n, names, f) => `Make the antivirus of ${on(f, n, names)} work again`,
    otherwise: 'The license is paid and protects nothing.',
  },
  'set-up-backup': {
    what: (n, names, f) => `Set up a backup of ${on(f, n, names)}`,
    otherwise: 'A broken disk, a theft or an attack takes the only copy of the work done there.',
  },
  'repair-backup': {
    what: (n, names, f) => `Make the backup of ${on(f, n, names)} run again`,
    otherwise: 'Each day without a good copy is a day of work that would be done again.',
  },
  'backup-elsewhere': {
    what: (n, names, f) => `Keep a copy of ${on(f, n, names)} in another place`,
    otherwise: 'A fire, a flood, a theft or ransomware takes the originals and all copies together.',
  },
  firewall: {
    what: (n, names, f) => `Switch on the firewall of ${on(f, n, names)}`,
    otherwise: 'Whoever is in the network reaches every service of these machines.',
  },
  'remote-login': {
    what: (n, names, f) => `Allow remote login to ${on(f, n, names)} with keys only`,
    otherwise: 'Passwords can be guessed from outside, at any hour.',
  },
  'replace-system': {
    what: (n, names, f) => `Replace or upgrade ${on(f, n, names)}, whose system gets no more security updates`,
    otherwise: 'New holes are never closed, and an insurer may refuse a claim.',
  },
  battery: {
    what: (n, names, f) => `Replace the battery of ${on(f, n, names)}`,
    otherwise: 'The machine stops without warning when it is unplugged; a swollen battery is a fire risk.',
  },
  memory: {
    what: (n, names, f) => `Add memory to ${on(f, n, names)}`,
    otherwise: 'People wait for the machine every day, and programs may stop.',
  },
}
