/** English texts of the facts of `backup`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const RESULT = { success: 'last run good', partial: 'last run incomplete', failed: 'last run failed' }
const HOLDS = {
  databases: 'databases',
  'home-folders': 'home folders with files',
  shares: 'shared folders',
  mail: 'mail',
  'none-seen': 'no data seen',
}
const LOOKALIKE = { sync: 'synchronization, not a copy', snapshot: 'snapshots on the same disk, not a copy' }

/** By key. */
export const backupFacts: FactTextsOf<'backup'> = {
  'backup.tools': { name: 'Backup tools', say: (v) => (v.count === 0 ? 'None of the known tools was seen' : v.names) },
  'backup.jobs': {
    name: 'Backup jobs',
    say: (v, f) => (v.count === 0 ? 'None is watched' : n(f, v.count, '# job', '# jobs')),
  },
  'backup.job': {
    name: null,
    say: (v, f) =>
      parts(
        v.lastSuccessAt === null ? 'No good copy seen' : `Last good copy ${f.moment(v.lastSuccessAt)}`,
        of(RESULT, v.lastResult),
        v.bytes !== null && f.bytes(v.bytes),
        v.copies !== null && n(f, v.copies, '# copy', '# copies'),
        v.tooSmall === 'yes' && 'smaller than it should be',
        v.sameDisk === 'yes' && 'on the same disk',
        yes(v.offsite, 'off site', 'on site', null),
        yes(v.encrypted, 'encrypted', 'not encrypted', null),
        v.destination,
      ),
  },
  'backup.holds-data': {
    name: 'Data to protect',
    say: (v) => parts(yes(v.holds, 'Yes', 'None seen', 'Not told'), v.holds === 'yes' && of(HOLDS, v.reason), v.detail),
  },
  'backup.lookalikes': {
    name: 'What looks like a backup',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# tool', '# tools')),
  },
  'backup.lookalike': {
    name: null,
    say: (v, f) =>
      parts(
        v.name,
        of(LOOKALIKE, v.kind),
        v.count !== null && `${f.count(v.count)} kept`,
        v.newestAt !== null && `newest ${f.moment(v.newestAt)}`,
      ),
  },
}
