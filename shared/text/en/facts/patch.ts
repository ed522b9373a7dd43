/** English texts of the facts of `patch`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

/** By key. */
export const patchFacts: FactTextsOf<'patch'> = {
  'patch.manager': { name: 'Package manager', say: (v) => v.name },
  'patch.updates': {
    name: 'Updates that wait',
    say: (v, f) =>
      parts(
        v.security === null
          ? 'Which are for security is not told'
          : v.security === 0
            ? 'None for security'
            : `${n(f, v.security, '# for security', '# for security')}${v.names === '' ? '' : ` (${v.names})`}`,
        v.other !== null && v.other > 0 && n(f, v.other, '# other', '# others'),
        v.phased > 0 && `${f.count(v.phased)} phased by the distributor`,
        v.held > 0 && `${f.count(v.held)} held`,
        v.heldSecurity > 0 && `${f.count(v.heldSecurity)} held for security`,
        v.keptBack > 0 && `${f.count(v.keptBack)} kept back`,
      ),
  },
  'patch.database': {
    name: 'Package database',
    say: (v) => (v.broken === 'yes' ? parts('Broken', v.problems) : (yes(v.broken, '', 'Sound', 'Not told') ?? '')),
  },
  'patch.automatic': {
    name: 'Automatic updates',
    say: (v) => parts(yes(v.enabled, 'On', 'Off', 'Not told'), v.mechanism),
  },
  'patch.reboot': {
    name: 'Restart',
    say: (v) =>
      parts(
        yes(v.required, 'Needed', 'Not needed', 'Not told'),
        v.reasons,
        v.required === 'yes' && v.installed !== null && `${v.running ?? '?'} runs, ${v.installed} is installed`,
      ),
  },
  'patch.list': {
    name: 'List of updates',
    say: (v, f) => (v.refreshedAt === null ? 'Never refreshed' : `From ${f.moment(v.refreshedAt)}`),
  },
  'patch.upgrade': { name: 'Last upgrade', say: (v, f) => (v.lastAt === null ? 'None recorded' : f.moment(v.lastAt)) },
  'patch.failing': {
    name: 'Updates that fail',
    say: (v, f) => (v.count === 0 ? 'None' : parts(n(f, v.count, '# keeps failing', '# keep failing'), v.names)),
  },
}
