/** The sentences of Today, of a new installation and of a machine, in both languages: nothing unknown is ever called well or quiet. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machineSentence } from '../../../dashboard/src/pages/machine/sentence.ts'
import { firstSentence, todaySentence, todayTab } from '../../../dashboard/src/pages/today/sentence.ts'
import type { Card } from '../../../shared/api/card.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { LANGUAGES } from '../../../shared/text/format.ts'
import { UI } from '../../../shared/text/ui-catalogue.ts'
import { aBlindCard, aCard, aMachineView, aRow, aToday, NOW } from '../support/some-views.ts'

const f = {
  en: createFormatter({ language: 'en', timeZone: 'Europe/Brussels', now: NOW }),
  fr: createFormatter({ language: 'fr', timeZone: 'Europe/Brussels', now: NOW }),
}
const title = ({ rule }: Card) => `<${rule}>`
const note = aCard({ standing: 'note', severity: 'info' })
const urgent = aCard({ standing: 'urgent', severity: 'critical' })
const withWorst = (worst: Card) => ({ rows: [aRow({ worst })] })

const FIRST: readonly [name: string, view: Parameters<typeof aToday>[0], en: string, fr: string][] = [
  [
    'all is well',
    {},
    'SRV-01 is well in everything that is looked at.',
    'SRV-01 va bien dans tout ce qui est examiné.',
  ],
  [
    'only a note',
    withWorst(note),
    'SRV-01 is well in everything that is looked at.',
    'SRV-01 va bien dans tout ce qui est examiné.',
  ],
  [
    'a part that no rule judges was not read',
    { notProven: 1 },
    'SRV-01 is well in what could be read, but something could not be told.',
    'SRV-01 va bien dans ce qui a pu être lu, mais quelque chose n’a pas pu être dit.',
  ],
  [
    'the same beside a note',
    { ...withWorst(note), notProven: 1 },
    'SRV-01 is well in what could be read, but something could not be told.',
    'SRV-01 va bien dans ce qui a pu être lu, mais quelque chose n’a pas pu être dit.',
  ],
  [
    'a rule could not tell',
    { ...withWorst(aBlindCard()), notProven: 1 },
    'Nothing urgent on SRV-01. Not everything is proven: <disk/drive-failing>',
    'Rien d’urgent sur SRV-01. Tout n’est pas prouvé : <disk/drive-failing>',
  ],
  [
    'a finding',
    withWorst(aCard()),
    'SRV-01 works, but: <disk/space-low>',
    'SRV-01 fonctionne, mais : <disk/space-low>',
  ],
  ['nothing was heard', { heard: 0 }, 'No machine reports yet.', 'Aucune machine ne rapporte encore.'],
  ['no client', { rows: [] }, 'No machine reports yet.', 'Aucune machine ne rapporte encore.'],
]

describe('a new installation', () => {
  it.each(FIRST)('%s', (_name, view, en, fr) => {
    expect(firstSentence(aToday(view), UI.en, title)).toBe(en)
    expect(firstSentence(aToday(view), UI.fr, title)).toBe(fr.replace(/ :/, '\u00a0:'))
  })
})

const MACHINES: readonly [name: string, view: Parameters<typeof aMachineView>[0], en: string, fr: string][] = [
  [
    'all is well',
    {},
    'SRV-01 is well in everything that is looked at.',
    'SRV-01 va bien dans tout ce qui est examiné.',
  ],
  ['a note', { worst: note, standing: 'note' }, 'SRV-01 is well in everything that is looked at.', ''],
  [
    'a part that no rule judges was not read',
    { standing: 'not-proven' },
    'SRV-01 is well in what could be read, but something could not be told.',
    'SRV-01 va bien dans ce qui a pu être lu, mais quelque chose n’a pas pu être dit.',
  ],
  [
    'the same beside a note',
    { worst: note, standing: 'not-proven' },
    'SRV-01 is well in what could be read, but something could not be told.',
    '',
  ],
  ['a finding', { worst: urgent, standing: 'urgent' }, 'SRV-01: <disk/space-low>', 'SRV-01 : <disk/space-low>'],
  ['a rule could not tell', { worst: aBlindCard(), standing: 'not-proven' }, 'SRV-01: <disk/drive-failing>', ''],
  ['never heard', { lastReportAt: null, standing: 'not-proven' }, 'SRV-01 has not reported yet.', ''],
]

describe('a machine', () => {
  it.each(MACHINES)('%s', (_name, view, en, fr) => {
    expect(machineSentence(aMachineView(view), UI.en, title)).toBe(en)
    if (fr !== '') expect(machineSentence(aMachineView(view), UI.fr, title)).toBe(fr.replace(/ :/, '\u00a0:'))
  })
})

const fleet = { clients: 2, machines: 240, heard: 240, reporting: 238 }
const urgentRow = aRow({ dials: { ...aRow().dials, disk: 'urgent' } })
const TODAY: readonly [name: string, view: Parameters<typeof aToday>[0], en: string, fr: string, tab: string][] = [
  ['quiet', fleet, 'Nothing needs you now.', 'Rien ne vous attend pour l’instant.', 'Quiet'],
  [
    'something could not be told',
    { ...fleet, notProven: 1 },
    'Nothing urgent is known, but one machine could not tell everything.',
    'Rien d’urgent n’est connu, mais une machine n’a pas pu tout dire.',
    'Not proven',
  ],
  [
    'much could not be told',
    { ...fleet, notProven: 40 },
    'Nothing urgent is known, but 40 machines could not tell everything.',
    'Rien d’urgent n’est connu, mais 40 machines n’ont pas pu tout dire.',
    'Not proven',
  ],
  [
    'one urgent thing',
    { ...fleet, urgent: [urgent], rows: [urgentRow, aRow()], notProven: 3 },
    'One thing cannot wait, at one client.',
    'Une chose ne peut pas attendre, chez un client.',
    '1 cannot wait',
  ],
  [
    'more than are shown',
    { ...fleet, urgent: [urgent, urgent], urgentMore: 7, rows: [urgentRow, urgentRow] },
    '9 things cannot wait, at 2 clients.',
    '9 choses ne peuvent pas attendre, chez 2 clients.',
    '9 cannot wait',
  ],
  [
    'an urgent thing outside the five dials',
    { ...fleet, urgent: [urgent] },
    'One thing cannot wait, at one client.',
    'Une chose ne peut pas attendre, chez un client.',
    '1 cannot wait',
  ],
  [
    'gathering',
    { ...fleet, mode: 'gathering', heard: 180 },
    'Gathering: 180 of 240 heard.',
    'Collecte en cours : 180 sur 240 entendues.',
    'Not proven',
  ],
  [
    'nobody heard',
    { ...fleet, heard: 0 },
    'No machine reports yet.',
    'Aucune machine ne rapporte encore.',
    'Not proven',
  ],
]

describe('Today', () => {
  it.each(TODAY)('%s', (_name, view, en, fr, tab) => {
    expect(todaySentence(aToday(view), UI.en, f.en).title).toBe(en)
    expect(todaySentence(aToday(view), UI.fr, f.fr).title).toBe(fr.replace(/ :/, '\u00a0:'))
    expect(todayTab(aToday(view), UI.en, f.en)).toBe(tab)
  })

  it.each([
    [0, 'Nothing else waits for this week.'],
    [1, 'One more thing should not wait for the next visit.'],
    [12, '12 more things should not wait for the next visit.'],
  ])('says of %i more things: %s', (count, under) => {
    const week = count > 0 ? [aCard()] : []
    const view = aToday({ ...fleet, week, weekMore: count - week.length })
    expect(todaySentence(view, UI.en, f.en).under).toBe(under)
  })
})

it('never calls well or quiet what has something unknown in it', () => {
  const anyView = fc.record({
    mode: fc.constantFrom('normal', 'gathering', 'first-run' as const),
    heard: fc.nat(3),
    machines: fc.nat(3),
    notProven: fc.integer({ min: 1, max: 3 }),
    rows: fc.array(fc.constantFrom(aRow(), aRow({ worst: note }), aRow({ worst: aBlindCard() })), { maxLength: 2 }),
  })
  fc.assert(
    fc.property(anyView, fc.constantFrom(...LANGUAGES), (change, language) => {
      const view = aToday(change)
      const texts = UI[language]
      const said = [
        firstSentence(view, texts, title),
        todaySentence(view, texts, f[language]).title,
        todayTab(view, texts, f[language]),
        machineSentence(aMachineView({ standing: 'not-proven' }), texts, title),
      ]
      const green = [texts.todayQuiet, texts.tabQuiet, texts.machineWell('SRV-01'), texts.machineWell('Bakery')]
      for (const sentence of said) expect(green).not.toContain(sentence)
    }),
  )
})
