/** Property lists, XML and binary: what they hold, and that no bytes make the reader fail otherwise than by saying so. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePlist } from '../../../../agent/checks/macos/plist.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const xml = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n${inner}\n</plist>\n`
const read = (text: string) => {
  const plist = parsePlist(bytes(text))
  return plist.ok ? plist.value.value : plist.error.code
}

describe('an XML list', () => {
  it('holds every kind of value', () => {
    const all = `<dict><key>s</key><string>a &amp; &#x26; b</string><key>i</key><integer>-5</integer><key>r</key><real>1.5</real>
      <key>t</key><true/><key>f</key><false/><key>d</key><date>2026-11-25T04:00:00Z</date><key>b</key><data> AAEC
      </data><!-- <key>no</key> --><key>a</key><array><string/><dict/></array><key>__proto__</key><string>x</string></dict>`
    expect(JSON.stringify(read(xml(all)))).toBe(
      '{"s":"a & & b","i":-5,"r":1.5,"t":true,"f":false,"d":"2026-11-25T04:00:00Z","b":"AAEC","a":["",{}],"__proto__":"x"}',
    )
  })

  it('that is cut, crossed or too deep is none', () => {
    for (const text of [
      '<plist><dict><key>a</key>',
      xml('<dict><key>a</key></array>'),
      xml('<dict><string>x</string></dict>'),
      xml('<dict><key>a</key><key>b</key></dict>'),
      xml('<string>a</string><string>b</string>'),
      xml('<array>'.repeat(70) + '</array>'.repeat(70)),
      xml('<other/>'),
      xml(''),
      'No destinations configured.',
    ])
      expect(read(text), text.slice(0, 60)).toBe('parse')
    expect(read(' \n')).toBe('empty')
  })
})

describeWithSamples('a binary list', () => {
  const path = 'patch/macos/com.apple.SoftwareUpdate.binary.plist'

  it('is read', () => {
    const plist = parsePlist(sample(path))
    expect(plist.ok && plist.value.count('LastUpdatesAvailable')).toBe(1)
    expect(plist.ok && plist.value.text('LastBackgroundSuccessfulDate')).toBe('2014-01-06T17:44:01.000Z')
    expect(plist.ok && plist.value.list('RecommendedUpdates')[0]?.text('Identifier')).toBe('RAWCameraUpdate5.03')
  })

  it('with any byte changed, or cut anywhere, is read or refused', () => {
    const good = sample(path)
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bad = Uint8Array.from(cut ? good.subarray(0, at) : good)
        if (!cut) bad[at] = byte
        return typeof parsePlist(bad).ok === 'boolean'
      }),
      { numRuns: 500 },
    )
  })
})

it('any bytes give a result', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', 'bplist00', '<plist>'), (any, head) => {
      return typeof parsePlist(Buffer.concat([bytes(head), any])).ok === 'boolean'
    }),
  )
})
