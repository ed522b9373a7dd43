/** Sent reports on disk: whole or not there, never overwritten; a crash at any step leaves nothing half. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ReportShelf } from '../../../server/visits/report-shelf.ts'
import { tempFolder } from '../../support/tmp.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const filesOf = (mark: string) => ({
  pdf: bytes(`pdf ${mark}`),
  html: bytes(`html ${mark}`),
  manifest: bytes(`manifest ${mark}`),
})
const STEPS = ['write manifest', 'write html', 'write pdf', 'link manifest', 'link html', 'link pdf', 'sync folder']

function reportsIn(folder: string): readonly string[] {
  const reports = path.join(folder, 'clients', 'c1', 'reports')
  return existsSync(reports) ? readdirSync(reports).sort() : []
}

describe('the shelf', () => {
  it('keeps three files of a revision, readable by their owner only', async () => {
    const folder = tempFolder('shelf')
    const shelf = new ReportShelf(folder)
    await shelf.put('c1', '2026-11-24-r1', filesOf('a'))
    expect(reportsIn(folder)).toEqual(['2026-11-24-r1.evidence.json', '2026-11-24-r1.html', '2026-11-24-r1.pdf'])
    expect((await shelf.read('c1', '2026-11-24-r1', 'pdf'))?.toString()).toBe('pdf a')
    expect(await shelf.read('c1', '2026-11-24-r2', 'pdf')).toBeNull()
  })

  it.each(STEPS)('a crash before "%s" leaves no half file, and the next attempt is whole', async (crash) => {
    const folder = tempFolder('shelf')
    const seen: string[] = []
    const crashing = new ReportShelf(folder, (step) => {
      seen.push(step)
      if (step === crash) throw new Error('power cut')
    })
    await expect(crashing.put('c1', 'r', filesOf('first'))).rejects.toThrow('power cut')
    expect(seen.at(-1)).toBe(crash)
    const reports = path.join(folder, 'clients', 'c1', 'reports')
    for (const name of reportsIn(folder).filter((one) => !one.startsWith('.'))) {
      expect(readFileSync(path.join(reports, name), 'utf8')).toMatch(/ first$/)
    }
    const shelf = new ReportShelf(folder)
    await shelf.put('c1', 'r', filesOf('second'))
    for (const kind of ['pdf', 'html', 'manifest'] as const) {
      expect((await shelf.read('c1', 'r', kind))?.toString()).toBe(`${kind} second`)
    }
    expect(reportsIn(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('makes the folders that it made durable before it says so, and none twice', async () => {
    const folder = tempFolder('shelf')
    const steps: string[] = []
    const shelf = new ReportShelf(folder, (step) => steps.push(step))
    await shelf.put('c1', 'r', filesOf('first'))
    expect(steps.filter((step) => step.startsWith('sync'))).toEqual([
      'sync parent of clients',
      'sync parent of clients/c1',
      'sync parent of clients/c1/reports',
      'sync folder',
    ])
    steps.length = 0
    await shelf.put('c1', 'r2', filesOf('second'))
    expect(steps.filter((step) => step.startsWith('sync'))).toEqual(['sync folder'])
  })

  it('sets files that nobody sent aside and never loses them', async () => {
    const folder = tempFolder('shelf')
    const shelf = new ReportShelf(folder)
    await shelf.put('c1', 'r', filesOf('old'))
    await shelf.put('c1', 'r', filesOf('new'))
    const aside = reportsIn(folder).filter((name) => name.startsWith('r.unsent-'))
    expect(aside).toHaveLength(3)
    const texts = aside.map((name) => readFileSync(path.join(folder, 'clients', 'c1', 'reports', name), 'utf8'))
    expect(texts.every((text) => text.endsWith(' old'))).toBe(true)
  })

  it.each(['../x', 'a/b', '', '.hidden', 'a\u0000b'])('refuses the name %j', async (name) => {
    const shelf = new ReportShelf(tempFolder('shelf'))
    await expect(shelf.put('c1', name, filesOf('a'))).rejects.toThrow()
    await expect(shelf.read(name, 'r', 'pdf')).rejects.toThrow()
  })
})
