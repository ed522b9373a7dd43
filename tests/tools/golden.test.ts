/** What is generated is up to date. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { GOLDEN, TOP } from './golden.ts'

it.each(Object.entries(GOLDEN))('%s is as npm run golden makes it', (path, make) => {
  expect(readFileSync(join(TOP, path), 'utf8')).toBe(make())
})
