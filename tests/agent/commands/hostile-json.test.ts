/** JSON of the agent's commands: strings of tools and disks reach a terminal only as escapes, and read back as they were. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../support/tmp.ts'
import { commandHere } from './agent-process.ts'

const HOSTILE = 'DISK\u202e\u009b2J'
const UNSAFE = /[\u007f-\u009f\p{Cf}\u2028\u2029]/u

test('parse: what a drive calls itself', async () => {
  const smartctl = {
    device: { name: '/dev/sda', type: 'sat', protocol: 'ATA' },
    smartctl: { version: [7, 4], exit_status: 0 },
    model_name: HOSTILE,
    serial_number: 'S1',
    smart_support: { available: true, enabled: true },
    smart_status: { passed: true },
  }
  const { out, code } = await commandHere(join(tempFolder('json'), 'agent'), ['parse', 'disk/smartctl'], {
    input: JSON.stringify(smartctl),
  })
  expect(code).toBe(0)
  expect(out).not.toMatch(UNSAFE)
  expect(out).toContain('\\u202e')
  expect(JSON.parse(out).section.drives.value).toMatchObject([{ model: HOSTILE }])
})

test('watch list: what a folder is called', async () => {
  const data = join(tempFolder('json'), 'agent')
  const folder = `/srv/${HOSTILE}`
  const added = await commandHere(data, ['watch', 'add', 'file-drop', 'dumps', '--folder', folder, '--json'])
  expect(added.code).toBe(0)
  const { out } = await commandHere(data, ['watch', 'list', '--json'])
  expect(`${added.out}${added.err}${out}`).not.toMatch(UNSAFE)
  expect(JSON.parse(out)).toMatchObject([{ folder }])
})
