/** The command line in this process (run.test.ts spawns it): texts on stdout, diagnostics on stderr, exit codes 0, 1 and 2. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Check } from 'typebox/schema'
import { beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../agent/commands/index.ts'
import { printable } from '../../../agent/commands/printable.ts'
import { SECTION_SCHEMAS } from '../../../shared/checks/index.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { tempFolder } from '../../support/tmp.ts'
import { agentCommand, commandHere } from './agent-process.ts'

let data: string
beforeEach(() => {
  data = join(tempFolder('agent-cli'), 'agent')
})
const agent = (...words: string[]) => commandHere(data, words)

describe('agent', () => {
  test('without a word, with an unknown one and with a near one: exit 2, a sentence and the list', async () => {
    const bare = await agent()
    expect(bare).toMatchObject({ code: 2, out: '' })
    const unknown = await agent('repair')
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain('Unknown command "repair"')
    for (const name of Object.keys(COMMANDS)) expect(unknown.err).toContain(`  ${name}`)
    expect((await agent('statsu')).err).toContain('did you mean "status"?')
    expect(await agent('help')).toMatchObject({ code: 0, err: '' })
  })

  test.each(Object.keys(COMMANDS))('%s --help: one line and an example; an unknown option is exit 2', async (name) => {
    const help = await agent(name, '--help')
    expect(help.code).toBe(0)
    expect(help.out).toMatch(/^[A-Z].*\.\nExample: agent /)
    const wrong = await agent(name, '--nonsense')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain("'--nonsense'")
    expect(wrong.out).toBe('')
  })

  test('not enrolled: run and status say so, with exit 1', async () => {
    expect(await agent('run')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('not enrolled') })
    expect(await agent('status')).toMatchObject({ code: 1, err: expect.stringContaining('agent enroll CODE') })
    expect(await agent('show')).toMatchObject({ code: 1, err: expect.stringContaining('Nothing has left') })
    expect(await agent('enroll', 'rounds1.AAAA')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no enrollment code'),
    })
    const json = await agent('enroll', 'hello', '--json')
    expect(JSON.parse(json.out)).toMatchObject({ state: 'failed', code: 'bad-code' })
  })

  test('an unknown key in agent.toml or in the environment is named', async () => {
    await agent('watch', 'list')
    writeFileSync(join(data, 'agent.toml'), 'serve = 1\n', { mode: 0o600 })
    const run = await agent('run')
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('did you mean "server"?') })
    expect(run.err).toContain(join(data, 'agent.toml'))
    const environment = await commandHere(data, ['status', '--json'], { env: { ROUNDS_AGENT_DATE: '1' } })
    expect(environment.code).toBe(1)
    expect((await commandHere(data, ['run'], { env: { ROUNDS_AGENT_DATE: '1' } })).err).toContain('ROUNDS_AGENT_DATE')
  })

  test('a key folder that others may read is refused', async () => {
    await agent('watch', 'list')
    chmodSync(join(data, 'keys'), 0o755)
    expect(await agent('run')).toMatchObject({ code: 1, err: expect.stringContaining('chmod 700') })
  })
})

test('spawned: streams and exit codes are those of the process', async () => {
  expect(await agentCommand(data, ['status'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('No agent'),
  })
  const parsed = await agentCommand(data, ['parse', 'disk/mdstat'], {
    input: 'Personalities :\nunused devices: <none>\n',
  })
  expect(parsed).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(parsed.out).section.arrays).toMatchObject({ state: 'value', value: [] })
  expect((await agentCommand(data, ['nonsense'])).code).toBe(2)
})

describe('watch and report', () => {
  test('add, list, remove, and a job that reports', async () => {
    const drops = tempFolder('drops')
    const add = await agent(
      'watch',
      'add',
      'file-drop',
      'dumps',
      '--folder',
      drops,
      '--pattern',
      '*.gz',
      '--every',
      '24h',
    )
    expect(add).toMatchObject({ code: 0, err: '' })
    expect((await agent('watch', 'add', 'hook', 'nightly', '--partial-exit', '1')).code).toBe(0)
    expect(await agent('watch', 'add', 'hook', 'nightly')).toMatchObject({
      code: 1,
      err: expect.stringContaining('already'),
    })
    expect(JSON.parse((await agent('watch', 'list', '--json')).out)).toMatchObject([
      { kind: 'file-drop', folder: drops, everyMs: 86_400_000 },
      { kind: 'hook', name: 'nightly', partialExits: [1] },
    ])
    expect(await agent('report', '--job', 'nightly', '--exit', '1', '--bytes', '5')).toMatchObject({ code: 0, err: '' })
    const line = readFileSync(join(data, 'hooks', 'nightly.jsonl'), 'utf8')
    expect(JSON.parse(line)).toMatchObject({ job: 'nightly', exit: 1, bytes: 5, durationSeconds: null })
    writeFileSync(join(drops, 'a.gz'), 'x'.repeat(10))
    const once = await agent('once', '--json', '--check', 'backup')
    expect(once.code).toBe(0)
    const jobs = JSON.parse(once.out).sections.backup.jobs.value
    expect(jobs.map(({ tool }: { tool: string }) => tool).sort()).toEqual(['file-drop', 'hook'])
    expect((await agent('watch', 'remove', 'dumps')).code).toBe(0)
    expect((await agent('watch', 'remove', 'dumps')).code).toBe(1)
  })

  test('a repository with a passphrase in a file: what is told of it holds no password', async () => {
    const borg = ['watch', 'add', 'borg', 'nas', '--repository', 'ssh://u:s3cret@nas/./r', '--every', '24h']
    expect(await agent(...borg, '--password-file', '/no/such', '--passcommand-file', '/bin/false')).toMatchObject({
      code: 2,
      err: expect.stringContaining('exclude each other'),
    })
    const added = await agent(...borg, '--password-file', '/no/such', '--host', 'files')
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('/no/such does not exist') })
    const { out } = await agent('watch', 'list')
    expect(out).toContain('nas: borg repository ssh://***@nas/./r, every 1d')
    expect(added.out + out).not.toContain('s3cret')
    expect((await agent('watch', 'remove', 'nas')).code).toBe(0)
  })

  test('used wrongly: exit 2', async () => {
    expect((await agent('watch')).code).toBe(2)
    expect((await agent('watch', 'add', 'hook')).code).toBe(2)
    expect(await agent('watch', 'add', 'hook', '../../etc')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"name"'),
    })
    expect((await agent('watch', 'add', 'file-drop', 'a')).err).toContain('"folder" must be an absolute path')
    expect((await agent('report', '--exit', '0')).code).toBe(2)
    expect((await agent('report', '--job', 'a')).code).toBe(2)
    expect((await agent('report', '--job', 'a/../b', '--exit', '0')).code).toBe(2)
  })

  test('a job that nobody watches is noted, and that it is not judged is said', async () => {
    expect(await agent('report', '--job', 'x', '--exit', '0')).toMatchObject({
      code: 0,
      err: expect.stringContaining('watch add hook x'),
    })
  })
})

describe('once, record and parse', () => {
  test('once prints sections that fit their schemas, of this very machine', async () => {
    const once = await agent('once', '--json')
    expect(once.code).toBe(0)
    const report = JSON.parse(once.out)
    for (const check of CHECK_NAMES) expect(Check(SECTION_SCHEMAS[check], report.sections[check]), check).toBe(true)
    expect(report.sections.system.os).toMatchObject({ state: 'value', value: { family: 'linux' } })
    expect(report.samples.disk['volume:/:availableBytes']).toBeGreaterThan(0)
    expect(report.collectedAt).toBeGreaterThan(1_700_000_000_000)
  })

  test('a recording is replayed with the same result', async () => {
    const folder = join(tempFolder('recording'), 'r')
    mkdirSync(folder, { recursive: true })
    const recorded = await agent('once', '--json', '--check', 'disk', '--check', 'system', '--record', folder)
    expect(recorded.code).toBe(0)
    const replayed = await agent('once', '--json', '--check', 'disk', '--check', 'system', '--replay', folder)
    const [then, now] = [JSON.parse(recorded.out).sections, JSON.parse(replayed.out).sections]
    expect(now.system.os).toEqual(then.system.os)
    expect(now.disk.volumes.state).toBe(then.disk.volumes.state)
    expect((await agent('once', '--replay', join(folder, 'nothing'))).code).toBe(2)
    expect((await agent('once', '--check', 'disks')).code).toBe(2)
  })

  test('parse: every listed source answers to anything in the documented form', async () => {
    const list = JSON.parse((await agent('parse', '--list', '--json')).out) as string[]
    expect(list).toContain('disk/smartctl')
    const garbage = Buffer.from([0xff, 0x00, 0xfe, 0x7b, 0x22])
    const answers = await Promise.all(
      ['disk/smartctl', 'disk/mdstat', 'patch/apt', 'backup/restic-snapshots'].map((id) =>
        commandHere(data, ['parse', id, '--exit', '1', '--now', '2026-11-25T04:00:00Z'], { input: garbage }),
      ),
    )
    for (const { code, out } of answers) {
      expect(code).toBe(0)
      const answer = JSON.parse(out)
      expect(Object.keys(answer)).toEqual(['state', 'code', 'detail', 'section', 'samples', 'collectedAt'])
      expect(answer.collectedAt).toBe(Date.parse('2026-11-25T04:00:00Z'))
      expect(['value', 'failed', 'never']).toContain(answer.state)
      expect(answer.code === null).toBe(answer.state !== 'failed')
    }
    const [smart] = answers
    expect(JSON.parse(smart?.out ?? '').state).toBe('failed')
  })

  test('parse: what a tool says fills its part of an empty section', async () => {
    const mdstat =
      'Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      1046528 blocks super 1.2 [2/2] [UU]\n\nunused devices: <none>\n'
    const parsed = await commandHere(data, ['parse', 'disk/mdstat'], { input: mdstat })
    const answer = JSON.parse(parsed.out)
    expect(answer).toMatchObject({
      state: 'value',
      code: null,
      section: { drives: { state: 'never' }, arrays: { state: 'value' } },
    })
    expect(Check(SECTION_SCHEMAS.disk, answer.section)).toBe(true)
  })

  test('parse used wrongly: exit 2', async () => {
    expect((await agent('parse', 'disk/smartctI')).err).toContain('did you mean "disk/smartctl"?')
    expect((await agent('parse')).code).toBe(2)
    expect((await agent('parse', 'disk/mdstat', '--platform', 'beos')).code).toBe(2)
    expect((await agent('parse', 'disk/mdstat', '--now', 'soon')).code).toBe(2)
    expect((await agent('parse', 'disk/mdstat', '--exit', 'x')).code).toBe(2)
    expect((await agent('parse', 'disk/mdstat', '--stderr', '/nowhere/x')).code).toBe(2)
  })
})

test('foreign text cannot move a terminal', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed\u009b1me\u2066')).toBe(
    'a\\u{1b}[2Jb\\u{d}\\u{a}c\\u{202e}d\\u{9b}1me\\u{2066}',
  )
  expect(printable('Ümläut — 日本')).toBe('Ümläut — 日本')
})
