/** Cards, changes, facts and limits in the reader's language: the catalogue speaks, strings of PCs are only quoted. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { SessionView } from '../../../shared/api/views.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import type { Language } from '../../../shared/text/format.ts'
import { UI } from '../../../shared/text/ui-catalogue.ts'
import { installBrowser } from '../support/fake-browser.ts'
import { aBlindCard, aCard, aFact, NOW } from '../support/some-views.ts'

let state: typeof import('../../../dashboard/src/state/session.ts')
let cards: typeof import('../../../dashboard/src/text/card-text.ts')
let facts: typeof import('../../../dashboard/src/text/fact-text.ts')
beforeAll(async () => {
  installBrowser()
  state = await import('../../../dashboard/src/state/session.ts')
  cards = await import('../../../dashboard/src/text/card-text.ts')
  facts = await import('../../../dashboard/src/text/fact-text.ts')
  state.clock.value = NOW
})

function readIn(language: Language): void {
  const person = { id: 'p', name: 'P', email: 'p@example.org', role: 'owner', language }
  const server = { version: '1', startedAt: 0, publicUrl: null, listen: '', dataFolder: '' }
  const view: SessionView = { person, server, now: NOW }
  state.session.value = view
}

describe('a card', () => {
  it.each([
    ['en', '/srv is 96 % full: 4 GB free of 100 GB.'],
    ['fr', '/srv est plein à 96\u00a0%\u00a0: 4\u00a0Go libres sur 100\u00a0Go.'],
  ] as const)('in %s has its numbers', (language, title) => {
    readIn(language)
    const said = cards.cardText(aCard())
    expect(said.title).toBe(title)
    expect([said.looked, said.todo].every((text) => text.length > 10)).toBe(true)
  })

  it.each([
    ['en', /^Could not tell: .*smartctl/],
    ['fr', /smartctl/],
  ] as const)('that could not be told says in %s why, and what mends it', (language, why) => {
    readIn(language)
    const said = cards.cardText(aBlindCard())
    expect(said.looked).toMatch(why)
    expect(said.todo).not.toBe('')
    expect(said.title).not.toBe(cards.cardText(aCard()).title)
  })

  it('without a reason says at least what could not be told', () => {
    readIn('en')
    expect(cards.cardText(aBlindCard({ blind: null }))).toMatchObject({ looked: '', todo: '' })
    expect(cards.cardText(aBlindCard({ blind: null })).title).not.toBe('')
  })

  it('quotes a string of a PC and does nothing else with it', () => {
    readIn('en')
    const volume = '/srv/<img src=x>$&$1`'
    const values = { volume, usedPercent: 96, availableBytes: 4e9, totalBytes: 100e9 }
    expect(cards.cardText(aCard({ values })).title).toContain(volume)
  })
})

describe('a change', () => {
  const change = { at: NOW, kind: 'opened', rule: 'disk/space-low', item: '/srv', from: null, to: 'warning' } as const
  it.each(['en', 'fr'] as const)('in %s says what was found, or at least the rule and the item', (language) => {
    readIn(language)
    const values = aCard().values
    expect(cards.transitionText({ ...change, values })).toBe(cards.cardText(aCard()).title)
    const bare = cards.transitionText({ ...change, values: null })
    expect(bare).toMatch(/ · \/srv$/)
    expect(cards.transitionText({ ...change, item: '', values: null })).toBe(bare.replace(' · /srv', ''))
  })
})

describe('a fact', () => {
  it('that no catalogue knows shows its key and no value', () => {
    readIn('en')
    const fact = aFact({ key: 'disk.invented', values: { x: 1 } })
    expect([facts.factName(fact), facts.factValue(fact, state.format.value)]).toEqual(['disk.invented', ''])
  })

  it.each(['en', 'fr'] as const)('has a name and a value in %s', (language) => {
    readIn(language)
    expect(facts.factName(aFact())).not.toBe('patch.manager')
    expect(facts.factValue(aFact(), state.format.value)).toContain('apt')
    expect(facts.factName(aFact({ key: 'disk.drive' })), 'a drive is named by its item').toBe(null)
  })

  it('that failed says why; a reason that does not exist reads as an answer that could not be understood', () => {
    readIn('en')
    const failed = aFact({ state: 'failed', code: 'access-denied', source: 'disk/smartctl' })
    const odd = facts.blindText({ ...failed, code: '__proto__' }, 'disk')
    expect(facts.blindText(failed, 'disk').sentence).not.toBe(odd.sentence)
    expect(odd.sentence).toBe(facts.blindText({ ...failed, code: 'parse' }, 'disk').sentence)
    expect(facts.blindText({ ...failed, code: null }, 'disk').sentence).toBe(odd.sentence)
  })
})

describe('a limit', () => {
  const f = {
    en: createFormatter({ language: 'en', timeZone: 'UTC', now: NOW }),
    fr: createFormatter({ language: 'fr', timeZone: 'UTC', now: NOW }),
  }
  it.each([
    [20e9, 'bytes', '20 GB', '20\u00a0Go'],
    [7_776_000_000, 'ms', '2 months', '2\u00a0mois'],
    [60_000, 'ms', '1 minute', '1\u00a0minute'],
    [85, 'percent', '85 %', '85\u00a0%'],
    [1_000, 'count', '1,000', '1\u202f000'],
    [55, 'celsius', '55\u00a0°C', '55\u00a0°C'],
    [true, 'flag', 'yes', 'oui'],
    [false, 'flag', 'no', 'non'],
    ['any', 'flag', 'any', 'any'],
    [3, 'parsec', '3 parsec', '3 parsec'],
  ] as const)('of %s %s', async (value, unit, en, fr) => {
    const { limitText } = await import('../../../dashboard/src/text/limit-text.ts')
    expect(limitText({ value, unit }, f.en, UI.en)).toBe(en)
    expect(limitText({ value, unit }, f.fr, UI.fr)).toBe(fr)
  })
})
