/**
 * Two companies in one installation: what is written, sent or shown about one holds no word of the other. Every file of its reports, what
 * its signed snapshot says, and every answer of the API that its people, or the owner on its pages, can get.
 */
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { REPORT_FILES } from '../../../server/visits/report-shelf.ts'
import { describeUnless } from '../../support/loud-skip.ts'
import { runProgram } from '../../support/run-program.ts'
import { HOST } from '../http/house.ts'
import { type Companies, type Company, openCompanies } from './canary-clients.ts'

const WORDS = ['QXALFAQX', 'QXBRAVOQX'] as const
/** Second words of what a report shows. */
const PRINTED = ['what', 'action', 'minutes', 'decider', '-model', 'reason', 'manager', '-srv', 'hall', 'author']
const poppler = await runProgram('pdftotext', ['-v'])
const without = poppler.code === null ? 'pdftotext (poppler-utils) is not installed' : null

let world: Companies
beforeAll(async () => {
  world = await openCompanies(WORDS)
}, 60_000)
afterAll(() => world?.close())

/** As a reader finds it: whatever breaks lines, letter case and tags apart. */
const plain = (text: string) => text.replaceAll(/<[^>]*>|[\s\u00ad\u200b\u2060]+/g, '').toUpperCase()
const pairs = () => {
  const [one, two] = world.companies
  return [
    { own: one, other: two },
    { own: two, other: one },
  ]
}
const isOf = (text: string, { word }: Company) => plain(text).includes(word) || text.toUpperCase().includes(word)

function expectOnly(what: string, text: string, own: Company, other: Company): void {
  expect(isOf(text, own), `${what} is about ${own.word}`).toBe(true)
  expect(isOf(text, other), `${what} holds ${other.word}`).toBe(false)
}

async function fileOf({ entry, dates }: Company, at: number, kind: keyof typeof REPORT_FILES): Promise<Buffer> {
  const bytes = await world.server.services.reports.read(entry.client.id, `${dates[at]}-r1`, kind)
  if (bytes === null) throw new Error('the report was to be sent')
  return bytes
}

describe('a sent report', () => {
  it('is of one company as HTML and as evidence, and so is the snapshot that was signed', async () => {
    for (const { own, other } of pairs()) {
      for (const at of [0, 1]) {
        const html = (await fileOf(own, at, 'html')).toString()
        expectOnly('HTML', html, own, other)
        const shown = plain(html)
        expect(PRINTED.filter((text) => !shown.includes(`${own.word}${text.toUpperCase()}`))).toEqual([])
        const manifest = (await fileOf(own, at, 'manifest')).toString()
        expectOnly('manifest', manifest, own, other)
        const { payload } = JSON.parse(manifest)
        const snapshot = inflateRawSync(Buffer.from(payload.snapshot.deflated, 'base64')).toString()
        expectOnly('snapshot', snapshot, own, other)
        for (const text of ['serial', 'volume', 'data', 'maker', 'room', 'user'])
          expect(snapshot).toContain(`${own.word}${text === 'room' || text === 'user' ? ' ' : '-'}${text}`)
      }
    }
  })
})

describeUnless(without, 'a sent PDF', () => {
  it('is of one company', async () => {
    for (const { own, other } of pairs()) {
      for (const [at, date] of own.dates.entries()) {
        const file = `${world.folder}/clients/${own.entry.client.id}/reports/${date}-r1.pdf`
        const { code, stdout } = await runProgram('pdftotext', ['-raw', file, '-'])
        expect(code).toBe(0)
        expectOnly(`PDF ${at}`, stdout, own, other)
        const info = await runProgram('pdfinfo', [file])
        expectOnly('what the PDF says of itself', info.stdout, own, other)
        expect(isOf((await fileOf(own, at, 'pdf')).toString('latin1'), other)).toBe(false)
      }
    }
  })
})

/** Every address that answers GET, with what it asks for filled in. `only` client: those below one. */
async function addresses({ entry, dates }: Company): Promise<readonly string[]> {
  const described = await ask('/api/v1/openapi.json', world.owner)
  const { paths } = JSON.parse(described.body)
  const values: { readonly [name: string]: readonly string[] } = {
    client: [entry.client.slug],
    machine: ['srv'],
    check: ['disk', 'backup', 'system'],
    date: dates,
    file: ['r1.html', 'r1.evidence.json'],
    number: ['1', '2', '3'],
  }
  return Object.keys(paths)
    .filter((path) => 'get' in paths[path])
    .flatMap((path) => filled(path, values))
}

function filled(path: string, values: { readonly [name: string]: readonly string[] }): readonly string[] {
  const name = /\{([a-z]+)\}/.exec(path)?.[1]
  if (name === undefined) return [path]
  return (values[name] ?? ['x']).flatMap((value) => filled(path.replace(`{${name}}`, value), values))
}

const ask = (url: string, cookie: string) =>
  world.server.app.inject({ method: 'GET', url, headers: { host: HOST, cookie } })

describe('every answer', () => {
  it('to the people of one company is about that company', async () => {
    for (const { own, other } of pairs()) {
      const urls = await addresses(own)
      expect(urls.length).toBeGreaterThan(20)
      const about = { viewer: 0, operator: 0 }
      for (const url of urls) {
        for (const role of ['viewer', 'operator'] as const) {
          const { statusCode, body } = await ask(url, own[role])
          expect(isOf(body, other), `${role} ${url}`).toBe(false)
          if (statusCode === 200 && isOf(body, own)) about[role] += 1
        }
      }
      expect(about.viewer).toBeGreaterThan(6)
      expect(about.operator).toBeGreaterThan(15)
    }
  })

  it('on the pages of one company holds nothing of another, even for the owner', async () => {
    for (const { own, other } of pairs()) {
      const below = (await addresses(own)).filter((url) => url.includes(`/clients/${own.entry.client.slug}`))
      for (const url of below) expect(isOf((await ask(url, world.owner)).body, other), url).toBe(false)
      for (const url of [`/visits/${own.dates[1]}`, `/visits/${own.dates[1]}/preview`, '/portal', '/findings/1', '']) {
        const { statusCode, body } = await ask(`/api/v1/clients/${own.entry.client.slug}${url}`, world.owner)
        expect([statusCode, isOf(body, own)], url).toEqual([200, true])
      }
    }
  })

  it('says nothing of another company to who asks for it by name', async () => {
    for (const { own, other } of pairs()) {
      const foreign = (await addresses(other)).filter((url) => url.includes(`/clients/${other.entry.client.slug}`))
      expect(foreign.length).toBeGreaterThan(10)
      for (const url of foreign) {
        for (const role of ['viewer', 'operator'] as const) {
          const { statusCode, body } = await ask(url, own[role])
          expect([403, 404], `${role} ${url}`).toContain(statusCode)
          // What was asked for may be repeated; nothing else of it is known.
          expect(isOf(body.replaceAll(other.entry.client.slug, ''), other), `${role} ${url}`).toBe(false)
        }
      }
    }
  })
})
