/** Names and short names made of what an agent or a person states. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machineName, slugOf } from '../../../server/ingest/machine-name.ts'

describe('a short name', () => {
  it.each([
    ['Dépôt Nord', 'depot-nord'],
    ['Boulangerie Éloïse & Fils', 'boulangerie-eloise-fils'],
    ['Sacré-Cœur', 'sacre-coeur'],
    ['Größe', 'grosse'],
    ['PC_04.office.example', 'pc-04-office-example'],
    ['  --x--  ', 'x'],
    ['日本', 'machine'],
    ['', 'machine'],
  ])('of %j is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  it('of anything fits in an address, and is its own short name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (name) => {
        expect(slugOf(name)).toMatch(/^(?=.{1,48}$)[a-z0-9]+(?:-[a-z0-9]+)*$/)
        expect(slugOf(slugOf(name))).toBe(slugOf(name))
      }),
    )
  })
})

it('a name for people has no controls, is short and never empty, whatever the hostname', () => {
  expect(machineName('PC\u202e\u0007  04\n')).toBe('PC 04')
  expect(machineName('\u200b')).toBe('machine')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (hostname) => {
      expect(machineName(hostname)).toMatch(/^(?! )[^\p{Cc}\p{Cf}\p{Cs}]{1,64}(?<! )$/u)
    }),
  )
})
