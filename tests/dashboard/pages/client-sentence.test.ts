/** The sentence of a client's page never says that all is well while something is bad, accepted or not proven. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientSentence } from '../../../dashboard/src/pages/client/sentence.ts'
import type { ClientView } from '../../../shared/api/client.ts'
import { CLIENT_PAGES } from '../../../shared/text/client-pages-catalogue.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { aCard, NOW } from '../support/some-views.ts'

const NONE = { urgent: 0, attention: 0, 'not-proven': 0, accepted: 0, note: 0, good: 0 }
const dial = (standing: ClientView['dials'][number]['standing']): ClientView['dials'][number] => ({
  ...{ dial: 'backup', standing, before: null },
  tally: { good: 0, bad: 0, accepted: 0, unknown: 0 },
})
const aView = (change: Partial<ClientView>): ClientView => ({
  ...{ now: NOW, timeZone: 'UTC', client: { id: 'c', slug: 'b', name: 'Bakery' }, isKeeper: true, sites: 1 },
  ...{ machines: 3, reporting: 3, away: 0, standings: { ...NONE, good: 3 }, nextVisit: null, lastVisit: null },
  ...{ dials: [dial('good')], urgent: [], urgentMore: 0, backup: [], table: [], others: [] },
  changes: { basis: 'days', from: NOW, opened: [], worse: [], solved: [] },
  ...change,
})

describe.each(['en', 'fr'] as const)('in %s', (language) => {
  const texts = CLIENT_PAGES[language]
  const f = createFormatter({ language, timeZone: 'UTC', now: NOW })
  const say = (change: Partial<ClientView>): string => clientSentence(aView(change), texts, f, () => 'TITLE')
  const well = texts.saysGood('Bakery')

  it('is well only when everything is', () => {
    expect(say({})).toBe(well)
    const count = fc.nat({ max: 3 })
    const parts = fc.record({ urgent: count, attention: count, 'not-proven': count, accepted: count })
    fc.assert(
      fc.property(parts, fc.constantFrom('good', 'not-proven', 'attention'), (standings, standing) => {
        const urgent = Array.from({ length: standings.urgent }, () => aCard({ standing: 'urgent' }))
        const said = say({ standings: { ...NONE, good: 1, ...standings }, urgent, dials: [dial(standing)] })
        const isWell = Object.values(standings).every((n) => n === 0) && standing === 'good'
        expect(said === well).toBe(isWell)
      }),
    )
  })

  it('names the one thing that cannot wait, and counts several', () => {
    const urgent = [aCard({ standing: 'urgent' })]
    const standings = { ...NONE, urgent: 1, good: 2 }
    expect(say({ urgent, standings })).toContain('TITLE')
    expect(say({ urgent: [...urgent, ...urgent], urgentMore: 5, standings })).toMatch(/7/)
    expect(say({ machines: 0, standings: NONE })).toBe(texts.saysEmpty('Bakery'))
  })
})
