/** Commands that ask no server, and the program itself as a process: its streams, exit codes and signals. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanEnvironment, startProgram } from '../../support/e2e-processes.ts'
import { runProgram } from '../../support/run-program.ts'
import { tempFolder } from '../../support/tmp.ts'
import { aVolume, HEALTHY } from '../assess/sections.ts'
import { commandHere } from './command-here.ts'

const CLI = path.resolve(import.meta.dirname, '../../../server/cli.ts')

describe('init', () => {
  it('makes keys and store for its owner only; again is harmless', async () => {
    const folder = path.join(tempFolder('init'), 'data')
    const made = await commandHere(folder, ['init'])
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toContain(`${folder}/keys: keep a copy`)
    const keys = () =>
      fs.readdirSync(path.join(folder, 'keys')).map((name) => fs.readFileSync(path.join(folder, 'keys', name)))
    const before = keys()
    expect(before.length).toBeGreaterThan(0)
    for (const name of ['', 'keys', ...fs.readdirSync(path.join(folder, 'keys')).map((one) => `keys/${one}`)]) {
      expect(fs.statSync(path.join(folder, name)).mode & 0o077, name).toBe(0)
    }
    expect(JSON.parse((await commandHere(folder, ['init', '--json'])).out)).toEqual({ dataFolder: folder })
    expect(keys()).toEqual(before)
  })
})

describe('judge', () => {
  const NOW = '2026-09-16T09:00:00Z'
  const judge = (input: string, ...more: string[]) =>
    commandHere(tempFolder('judge'), ['judge', '--check', 'disk', '--now', NOW, ...more], { input })

  it('takes what agent parse prints, or a bare section, and prints outcomes', async () => {
    const full = { 'volume:/:availableBytes': 1, 'volume:/:usedBytes': 100e9 - 1 }
    const section = { ...HEALTHY.disk, drives: { state: 'never' } }
    const parsed = { state: 'value', code: null, section, samples: full, collectedAt: Date.parse(NOW) }
    const judged = await judge(JSON.stringify(parsed))
    expect(judged).toMatchObject({ code: 0, err: '' })
    const outcomes = JSON.parse(judged.out)
    expect(outcomes.find(({ rule }: { rule: string }) => rule === 'disk/space-low')).toMatchObject({
      ...{ state: 'fail', severity: 'critical', item: '/', code: null },
    })
    const bare = JSON.parse((await judge(JSON.stringify(section))).out)
    expect(bare.find(({ rule }: { rule: string }) => rule === 'disk/space-low')).toMatchObject({ state: 'unknown' })
    expect(Object.keys(bare[0])).toEqual(['rule', 'item', 'state', 'severity', 'code', 'text'])
  })

  it('prints nothing that a terminal acts upon, whatever a mount point is called', async () => {
    const volumes = { ...HEALTHY.disk.volumes, value: [aVolume({ mount: '/srv/\u202e\u009b2J', readOnly: true })] }
    const judged = await judge(JSON.stringify({ ...HEALTHY.disk, volumes }))
    expect(judged.code).toBe(0)
    expect(judged.out).toContain('\\u202e\\u009b')
    expect(judged.out).not.toMatch(/[\u007f-\u009f\p{Cf}]/u)
    expect(JSON.parse(judged.out).map(({ item }: { item: string }) => item)).toContain('/srv/\u202e\u009b2J')
  })

  it.each([
    ['', 'is not JSON'],
    ['{"a":\n\u001b[2J', 'is not JSON'],
    ['[]', 'neither a section'],
    ['{"drives":7}', 'neither a section'],
    ['{"state":"value","section":null,"volumes":1}', ''],
  ])('of %j: exit 1 with a sentence, or an answer; never a throw', async (input, sentence) => {
    const judged = await judge(input)
    if (sentence === '') return expect(judged).toMatchObject({ code: 0, err: '' })
    expect(judged).toMatchObject({ code: 1, out: '' })
    expect(judged.err).toContain(sentence)
    expect(judged.err.trimEnd()).not.toMatch(/\p{Cc}/u)
  })
})

it('openapi prints the description and leaves nothing behind', async () => {
  const folder = path.join(tempFolder('openapi'), 'data')
  const printed = await commandHere(folder, ['openapi'])
  expect(printed).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(printed.out)).toMatchObject({ openapi: expect.stringMatching(/^3\./), paths: expect.any(Object) })
  expect(fs.existsSync(folder)).toBe(false)
})

describe('as a process', () => {
  it('serves until it is told to stop, and answers commands meanwhile', async () => {
    const folder = path.join(tempFolder('serve'), 'data')
    const more = { ROUNDS_DATA: folder, ROUNDS_PORT: '0', ROUNDS_LOG: 'warn' }
    const running = startProgram('server', ['serve'], more)
    try {
      await expect.poll(running.printed, { timeout: 60_000 }).toMatch(/^Rounds \S+ at http:\/\/localhost:\d+\n/)
      const run = (...words: string[]) => runProgram(process.execPath, [CLI, ...words], { env: cleanEnvironment(more) })
      const added = await run('client', 'add', 'Bakery', '--json')
      expect(added).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(added.stdout)).toMatchObject({ slug: 'bakery' })
      const second = await run('serve')
      expect(second).toMatchObject({ code: 1, stdout: '' })
      expect(second.stderr).toMatch(/^The data folder .* is in use by process \d+\. .*\n$/)
    } finally {
      expect(await running.stop()).toBe(0)
    }
    expect(fs.existsSync(path.join(folder, 'lock'))).toBe(false)
    expect(fs.existsSync(path.join(folder, 'control.sock'))).toBe(false)
  }, 150_000)
})
