/** What holds of every command: one line of help, an example that is understood, unknown options named, streams kept apart. */
import { describe, expect, it } from 'vitest'
import { commands } from '../../../server/commands/commands.ts'
import { tempFolder } from '../../support/tmp.ts'
import { readFiles } from '../../tools/source-files.ts'
import { commandHere } from './command-here.ts'

const folder = tempFolder('every')
/** Never asked: used wrongly is found out before. */
const ask = async () => {
  throw new Error('nothing may be asked here')
}
const here = (...words: string[]) => commandHere(folder, words, { ask })
const NAMES = commands.map(({ name }) => name)
/** Forms with a word of their own: `client add`. */
const FORMS = commands.flatMap(({ name, usage }) => {
  const second = usage.map((form) => form.split(' ')[1] ?? '').filter((word) => /^[a-z]+$/.test(word))
  return second.length === 0 ? [[name]] : second.map((word) => [name, word])
})

describe('server', () => {
  it('without a word: the list on stderr, exit 2; asked for help: the same on stdout, exit 0', async () => {
    const bare = await here()
    expect(bare).toMatchObject({ code: 2, out: '' })
    for (const word of ['help', '--help', '-h']) expect(await here(word)).toEqual({ code: 0, out: bare.err, err: '' })
    const listed = bare.err.split('\n').map((one) => one.trim().replace(/ {2,}/, ' '))
    for (const { name, summary } of commands) expect(listed).toContain(`${name} ${summary}`)
    expect(new Set(NAMES).size).toBe(NAMES.length)
  })

  it('with an unknown word: it is named, with the nearest one, and cannot write on the terminal', async () => {
    const near = await here('clinet', 'list')
    expect(near).toMatchObject({ code: 2, out: '' })
    expect(near.err).toContain('did you mean "client"?')
    expect((await here('constructor')).code).toBe(2)
    expect((await here('\u001b[2J\u202e')).err).not.toMatch(/[\u001b\u202e]/)
  })
})

describe.each(commands)('$name', ({ name, summary, example, usage }) => {
  it('has one line of help, its forms and an example of itself', async () => {
    expect(summary).toMatch(/^[^\n]{10,100}$/)
    expect(`${name} `).toBe(`${example} `.slice(0, name.length + 1))
    for (const form of usage) expect(`${form} `).toMatch(new RegExp(`^${name}[ ]`))
    const help = await here(name, '--help')
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out.split('\n')).toEqual([
      summary,
      ...usage.map((form) => `usage: server ${form} [--json]`),
      `example: server ${example}`,
      '',
    ])
  })
})

describe.each(FORMS)('%s %s', (...words) => {
  const form = words.filter((word) => typeof word === 'string' && word !== '')

  it('names an option that it does not know: exit 2, nothing on stdout', async () => {
    const wrong = await here(...form, '--nonsense')
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain("'--nonsense'")
    expect(wrong.err).toContain(`usage: server ${form[0]}`)
    expect(wrong.err).toContain('example: server ')
  })
})

describe('forms with a word of their own', () => {
  it.each([...new Set(FORMS.filter(({ length }) => length === 2).map(([name]) => name ?? ''))])(
    '%s without it, and with another, names those that there are',
    async (name) => {
      const known = FORMS.filter(([one, second]) => one === name && second !== undefined).map(([, second]) => second)
      const bare = await here(name)
      expect(bare).toMatchObject({ code: 2, out: '' })
      // In the order of the code, which need not be that of the help.
      const said = /^Say what to do: (.+)\.$/m.exec(bare.err)?.[1]?.split(', ')
      expect(said?.toSorted()).toEqual([...new Set(known)].toSorted())
      const wrong = await here(name, 'toString')
      expect(wrong).toMatchObject({ code: 2, out: '' })
      expect(wrong.err).toContain('Unknown word "toString".')
    },
  )
})

describe('used wrongly: exit 2, a sentence first, nothing asked and nothing on stdout', () => {
  it.each([
    ['client add', 'Give one name, in quotes when it has spaces.'],
    ['client add A B', 'Give one name, in quotes when it has spaces.'],
    ['client add A --language nl', 'The language is en or fr.'],
    ['client rename bakery', 'Give the short name of a client and its new name.'],
    ['site add bakery', 'Give the short name of a client and the name of the site.'],
    ['site list', 'Give the short name of a client.'],
    ['code new', 'Say for which client: --client CLIENT.'],
    ['code new --client a --role tablet', 'The role is one of server, desktop, laptop.'],
    ['code list', 'Say of which client: --client CLIENT.'],
    ['token new', 'Say what it may read: --client CLIENT, or --client all.'],
    ['token new --client all --role king', /^The role is one of owner, /],
    ['token revoke', 'Give the id of a token. See: token list'],
    ['user add', 'Give one mail address.'],
    ['user add a@b c@d --owner', 'Give one mail address.'],
    ['user add a@b', /^Say --owner, or --role with one of /],
    ['user add a@b --owner --role viewer', 'Say --owner or --role, not both.'],
    ['user add a@b --owner --language nl', 'The language is en or fr.'],
    ['user link', 'Give the mail address of a person.'],
    ['policy set disk.spaceWarningPercent 90 --reason x', 'Say for which client: --client CLIENT.'],
    ['policy set --client a disk.spaceWarningPercent --reason x', 'Give one key and one value.'],
    ['policy set --client a disk.spaceWarningPercent 90', 'Say why: --reason TEXT. The visit report shows it.'],
    ['policy set --client a k 0x10 --reason x', '"0x10" is neither a number nor true or false.'],
    ['policy unset --client a', 'Give --client CLIENT and a key.'],
    ['explain', 'Give a machine. See: machine list'],
    ['judge', /^Say which check: --check with one of antivirus, backup, /],
    ['judge --check disks', /^Say which check: /],
    ['judge --check disk --role tablet', 'The role is one of server, desktop, laptop.'],
    ['judge --check disk --now soon', '--now must be a time such as 2026-11-22T21:14:03Z.'],
    ['judge --check disk file.json', '"file.json" is too much: the section comes on standard input.'],
  ])('%s', async (words, sentence) => {
    const wrong = await here(...words.split(' '))
    expect(wrong).toMatchObject({ code: 2, out: '' })
    const [first] = wrong.err.split('\n')
    if (typeof sentence === 'string') expect(first).toBe(sentence)
    else expect(first).toMatch(sentence)
    expect(wrong.err).toContain('\nusage: server ')
  })
})

it('no command of server or agent prints JSON that a terminal would act upon', () => {
  // JSON.stringify escapes C0 only; encodeJson the rest. A socket is no terminal, and `printable` makes visible what is left.
  const harmless = /socket\.write\(`\$\{JSON\.stringify|printable\(JSON\.stringify/
  const files = readFiles(/^(?:server|agent)\/commands\/[^/]+\.ts$/)
  expect(files.length).toBeGreaterThan(30)
  const raw = files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((one) => one.includes('JSON.stringify(') && !harmless.test(one))
      .map((one) => `${path}: ${one.trim()}`),
  )
  expect(raw).toEqual([])
})
