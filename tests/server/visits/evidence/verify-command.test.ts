/** `server verify`: reads the manifest beside a report, needs no store, says what it proves. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { keyFingerprint } from '../../../../server/http/key-fingerprint.ts'
import { signManifest } from '../../../../server/visits/evidence/sign-manifest.ts'
import { evidenceExample, OTHER_KEY, SERVER_KEY } from '../../../support/evidence-example.ts'
import { tempFolder } from '../../../support/tmp.ts'
import { commandHere } from '../../commands/command-here.ts'

function sent(change: Parameters<typeof evidenceExample>[0] = {}): string {
  const folder = tempFolder('verify')
  const evidence = evidenceExample(change)
  for (const { name, bytes } of evidence.files) writeFileSync(path.join(folder, name), bytes)
  writeFileSync(path.join(folder, '2026-11-24-r1.evidence.json'), signManifest(SERVER_KEY, evidence))
  return folder
}
const PDF = '2026-11-24-r1.pdf'
const HTML = '2026-11-24-r1.html'

it('verifies both files, says what that proves and what not, and writes nothing', async () => {
  const folder = sent()
  const before = readdirSync(folder)
  for (const name of [PDF, HTML]) {
    const ended = await commandHere(folder, ['verify', name])
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toContain(`VERIFIED: ${name}, revision 1 of the visit of 2026-11-24 at Aubertin Joinery.`)
    expect(ended.out).toContain('1 of 3 machines signed for this visit, 1 earlier, 1 not at all')
    expect(ended.out).toContain(keyFingerprint(SERVER_KEY.pub))
    expect(ended.out).toContain('It does not prove whose key it is')
  }
  expect(readdirSync(folder)).toEqual(before)
})

it('answers in JSON', async () => {
  const { code, out } = await commandHere(sent(), ['verify', PDF, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    file: PDF,
    revision: 1,
    attestations: { fresh: 1, older: 1, missing: 1 },
  })
})

it.each([PDF, HTML, '2026-11-24-r1.evidence.json'])('refuses when one byte of %s was changed', async (name) => {
  const folder = sent()
  const file = path.join(folder, name)
  const bytes = readFileSync(file)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const report = name === HTML ? HTML : PDF
  expect(await commandHere(folder, ['verify', report])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('REFUSED'),
  })
  expect(JSON.parse((await commandHere(folder, ['verify', report, '--json'])).out)).toMatchObject({ ok: false })
})

it('takes the fingerprint that is expected, and refuses another', async () => {
  const folder = sent()
  const right = await commandHere(folder, ['verify', PDF, '--key', keyFingerprint(SERVER_KEY.pub)])
  expect(right.out).toContain('as you expected')
  expect(await commandHere(folder, ['verify', PDF, '--key', keyFingerprint(OTHER_KEY.pub)])).toMatchObject({ code: 1 })
})

it('is used wrongly without a report, with another file, or without its manifest', async () => {
  const folder = sent()
  copyFileSync(path.join(folder, PDF), path.join(folder, 'other.pdf'))
  for (const words of [[], ['nothing.pdf'], ['notes.txt'], ['other.pdf'], [PDF, HTML]])
    expect((await commandHere(folder, ['verify', ...words])).code).toBe(2)
})

it('shows a hostile client name without its escapes', async () => {
  const { out } = await commandHere(sent({ client: { id: 'c', name: 'x\u001b[31m\u202e' } }), ['verify', PDF])
  expect(out).not.toMatch(/[\u001b\u202e]/)
})
