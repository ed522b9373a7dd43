/** English texts of the rules about the machine itself. Pure. */
import { counted as n } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** English texts of the rules about the machine itself. */
export const system: RuleTextsAbout<'system'> = {
  'system/support-ended': {
    name: 'End of support',
    title: (v, f) =>
      v.endsAt <= f.now
        ? `${v.os} has had no free security updates since ${f.date(v.endsAt)}.`
        : `${v.os} will get no more free security updates after ${f.date(v.endsAt)}.`,
    looked: (v, f) =>
      v.extendedAt === null
        ? `The system’s version against the makers’ dates (table of ${f.date(v.tableAt)}).`
        : `The system’s version against the makers’ dates (table of ${f.date(v.tableAt)}). Paid support lasts until ${f.date(v.extendedAt)}.`,
    todo: () => 'Plan the upgrade to a supported version: test it on a copy, agree on a date, keep a way back.',
    manager: (v, f) =>
      v.endsAt <= f.now
        ? 'The maker no longer closes security holes in this system. Insurers and auditors ask about it; replacing or upgrading it should be decided now.'
        : `From ${f.date(v.endsAt)} on, nobody closes security holes in this system. The upgrade belongs in the budget before that date.`,
    impact: 'After the end of support every new hole stays open for good.',
    blind: 'Until when the operating system is supported could not be told.',
  },
  'system/uptime-long': {
    name: 'Last restart',
    title: (v, f) => `This machine has not been restarted for ${f.span(v.forMs)}.`,
    looked: (v, f) => `When it started: ${f.date(v.bootedAt)}.`,
    todo: () => 'Restart it at a time agreed with its users, while somebody can reach it.',
    manager: () =>
      'Nobody knows whether this machine still starts by itself. Better to find out on an evening of your choice than after a power cut.',
    impact: 'Updates of the system core wait, and faults that a restart would show stay hidden.',
    blind: 'When this machine was last restarted could not be told.',
  },
  'system/crashes': {
    name: 'Unexpected ends',
    title: (v, f) =>
      `This machine ended without being shut down ${n(f, v.ends, 'once', '# times')} in ${n(f, v.withinDays, '# day', '# days')}.`,
    looked: (v, f) =>
      v.stops === 0
        ? 'The log of the system: ends by loss of power or by a freeze.'
        : `The log of the system: of these, ${n(f, v.stops, '# was a stop', '# were stops')} of the system itself (blue screen, panic).`,
    todo: () =>
      'Find what they have in common: power and UPS, heat, memory (test it for a night), a driver or an update of that week.',
    manager: () =>
      'This machine stops in the middle of the work. Whoever uses it loses what was not saved, and every such end may damage files.',
    impact: 'Unsaved work is lost, and files and databases may be damaged.',
    blind: 'Whether this machine ended unexpectedly could not be told.',
  },
  'system/battery-worn': {
    name: 'Battery',
    title: (v, f) =>
      v.healthPercent === null
        ? `Battery ${v.battery} asks for service.`
        : `Battery ${v.battery} holds ${f.percent(v.healthPercent)} of what it held when new.`,
    looked: () => 'The capacity that the battery reports against its design, and what its maker’s check says of it.',
    todo: () => 'Order a replacement battery for this model, or plan the replacement of the machine.',
    manager: () =>
      'The battery of this computer no longer lasts through a meeting. A new one usually costs far less than a new computer.',
    impact: 'The machine stops when it is unplugged, and unsaved work with it.',
    blind: 'The state of the battery could not be read.',
  },
  'system/memory-short': {
    name: 'Memory',
    title: (v, f) => `Memory has been ${f.percent(v.usedPercent)} full on average, of ${f.bytes(v.totalBytes)}.`,
    looked: () => 'The mean use of memory over the last one to two weeks.',
    todo: () =>
      'See what uses it (Task Manager, Activity Monitor, or ps aux --sort=-rss | head on Linux), then add memory or move something to another machine.',
    manager: () =>
      'This machine is slow because it lacks memory, and people wait for it every day. Adding memory costs little, where the model allows it.',
    impact: 'The machine waits for its disk instead of working.',
    blind: 'Whether the machine has memory enough could not be told.',
  },
}
