/** English texts of "could not tell". Pure. */
import { instantOf } from '../instant-of.ts'
import { needsFullDiskAccess, type ReasonTexts } from '../reason-text.ts'

const AGAIN = 'It is tried again by itself.'
const SEE = 'See what the agent meets: rounds-agent doctor.'
const SHOW_BACKUP = 'If there is a backup, show it to the agent: rounds-agent watch add.'
const NO_BACKUP = 'If there is none, say so in the policy (backup.declaredNone).'
const quoted = (detail: string) => (detail === '' ? '' : ` (${detail})`)

/** English texts of every reason. */
export const reasons: ReasonTexts = {
  sentence: (why) => `Could not tell: ${why}.`,
  details: {
    'never-read': {
      why: 'it has never been read',
      fix: `It is read with the next report. ${SEE}`,
    },
    'no-backup-tool': {
      why: 'no known backup tool was seen, which does not prove that there is no backup',
      fix: `${SHOW_BACKUP} ${NO_BACKUP}`,
    },
    'no-backup-job': {
      why: 'a backup tool was seen, and none of its jobs could be read',
      fix: SHOW_BACKUP,
    },
    'only-lookalikes': {
      why: 'only synchronisation or snapshots were seen; synchronisation carries a deletion along, a snapshot goes with its disk, neither is a backup',
      fix: `${SHOW_BACKUP} ${NO_BACKUP}`,
    },
    'not-pinged': {
      why: 'the job has not called its address yet, and has until its period and its grace have passed',
      fix: 'Let it call the address at the end of each run. A new address: npm run -s server -- ping renew.',
    },
    'no-firewall': {
      why: 'no known firewall was found on this machine; a router or the provider may protect it',
      fix: 'Switch one on here (ufw allow OpenSSH && ufw enable), or note what protects this machine.',
    },
    'not-in-support-table': {
      why: 'this system is not in the table of ends of support',
      fix: 'Look its end of support up with its maker, and note it.',
    },
    'needs-smartctl-windows': {
      why: 'smartctl is not installed, and Windows alone tells only a general status of this drive, which proves nothing',
      fix: 'Install it with: winget install smartmontools.smartmontools',
    },
    'needs-smartctl-macos': {
      why: 'smartctl is not installed, and macOS alone tells only a general status of this drive, which proves nothing',
      fix: 'Install it with: brew install smartmontools',
    },
    'general-status-windows': {
      why: 'Windows tells only a general status of this drive, which proves nothing',
      fix: 'Let smartctl read it: winget install smartmontools.smartmontools. Behind a RAID controller, install the tool of its maker.',
    },
    'general-status-macos': {
      why: 'macOS tells only a general status of this drive, which proves nothing',
      fix: 'Let smartctl read it: brew install smartmontools. Behind USB, many drives tell nothing.',
    },
  },
  future: (at, f) => ({
    why: `the time that it gives, ${f.exact(at)}, is in the future`,
    fix: 'Check the clock and the time zone of the machine.',
  }),
  codes: {
    'tool-missing': (_context, tool) => ({
      why: tool === null ? 'a tool that it needs is not installed' : `${tool.tool} is not installed`,
      fix: tool?.install == null ? SEE : `Install it with: ${tool.install}`,
    }),
    'access-denied': ({ detail }, tool) =>
      needsFullDiskAccess(detail)
        ? {
            why: 'macOS keeps it from the agent, which has no Full Disk Access',
            fix: 'On the Mac: System Settings > Privacy & Security > Full Disk Access > + > choose the Rounds agent, and switch it on.',
          }
        : {
            why: tool === null ? 'the agent may not read it' : `the agent may not use ${tool.tool}`,
            fix: `The agent must run with full rights: as root, on Windows as the system itself. ${SEE}`,
          },
    timeout: (_context, tool) => ({
      why: tool === null ? 'there was no answer in time' : `${tool.tool} did not answer in time`,
      fix: `${AGAIN} If it stays so, the machine is overloaded or a disk is failing.`,
    }),
    hung: (_context, tool) => ({
      why: tool === null ? 'the question still hangs' : `${tool.tool} hangs and cannot be stopped`,
      fix: 'A drive or a network share does not answer. Check it; a restart of the machine ends the wait.',
    }),
    exit: (context, tool) => ({
      why: `${tool?.tool ?? 'the tool'} gave up with an error${quoted(context.detail)}`,
      fix: `Run ${tool?.tool ?? 'it'} by hand and read what it says.`,
    }),
    parse: (context, tool) => ({
      why: `${tool === null ? 'the answer' : `the answer of ${tool.tool}`} could not be understood${quoted(context.detail)}`,
      fix: 'Record it for the makers of Rounds: rounds-agent once --record FOLDER',
    }),
    empty: (context, tool) => EMPTY[context.subject](context.detail, tool?.tool ?? null),
    locked: (_context, tool) => ({
      why: `${tool?.tool ?? 'what it reads'} was locked by another program`,
      fix: `${AGAIN} If it stays so, a lock was left behind.`,
    }),
    asleep: (context, _tool, f) => ({
      why:
        instantOf(context.detail) === null
          ? 'the disk is asleep and has not been read before'
          : `the disk has been asleep since it was last read on ${f.date(instantOf(context.detail) ?? 0)}`,
      fix: 'It is read when it wakes up by itself; Rounds never wakes a disk.',
    }),
    unsupported: (context) => ({
      why: context.detail === '' ? 'this machine cannot tell it' : context.detail,
      fix: context.subject === 'disk' ? 'Behind a RAID controller, install the tool of its maker.' : '',
    }),
    disabled: () => ({
      why: 'it is switched off in the policy',
      fix: 'Switch it on again in the policy of the machine.',
    }),
    stale: (context, _tool, f) => ({
      why:
        instantOf(context.detail) === null
          ? 'what is known is too old'
          : `what is known dates from ${f.moment(instantOf(context.detail) ?? 0)}`,
      fix: 'It is read again when the machine reports.',
    }),
    'needs-history': () => ({
      why: 'it takes some days of measurements to tell',
      fix: 'Nothing to do: the answer comes by itself.',
    }),
  },
}

const EMPTY: {
  readonly [S in 'disk' | 'patch' | 'antivirus' | 'backup' | 'posture' | 'system' | 'agent']: (
    detail: string,
    tool: string | null,
  ) => { why: string; fix: string }
} = {
  disk: (detail, tool) => ({
    why: detail || `${tool ?? 'the disk'} does not tell it`,
    fix: 'See what the disk tells: smartctl -x DEVICE, or the tool of its maker.',
  }),
  patch: (detail, tool) => ({
    why: detail || `${tool ?? 'the package manager'} does not tell it`,
    fix: 'Let the system look for updates once, and read what it says.',
  }),
  antivirus: (detail) => ({
    why: detail || 'the product does not tell it',
    fix: 'Look at the product itself, and note what you saw.',
  }),
  backup: (detail) => ({
    why: detail || 'the backup does not tell it',
    fix: 'Look at the backup itself, and note what you saw.',
  }),
  posture: (detail) => ({
    why: detail || 'the system does not tell it',
    fix: 'Look at the machine itself, and note what you saw.',
  }),
  system: (detail) => ({ why: detail || 'the machine does not tell it', fix: '' }),
  agent: (detail) => ({ why: detail || 'the agent has not said it yet', fix: '' }),
}
