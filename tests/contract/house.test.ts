/**
 * The house rules (notes/style.md 6, design.md 10) applied to the tree, each tested with planted violations first.
 */
import { describe, expect, it } from 'vitest'
import {
  findBadNames,
  findColours,
  findDefaultExports,
  findLaterMarks,
  findLongFile,
  findLongFunctions,
  findMissingHeader,
  findSkippedTests,
  findUndocumentedExports,
  type HouseRule,
} from '../tools/house-rules.ts'
import { listFiles, readFiles } from '../tools/source-files.ts'

const TEXT = /\.(?:ts|tsx|mjs|css|html|md|toml|json|sql|sh|yml|typ)$|^\.ci\/|^LICENSE$/

const RULES: readonly [name: string, rule: HouseRule][] = [
  ['files of at most 300 lines', findLongFile],
  ['functions of at most 40 lines', findLongFunctions],
  ['a comment at the top of each file', findMissingHeader],
  ['a doc comment on each export', findUndocumentedExports],
  ['named exports only', findDefaultExports],
  ['no marks of unfinished work', findLaterMarks],
  ['no test skipped silently', findSkippedTests],
  ['colours in the tokens file only', findColours],
]

describe('the tree has', () => {
  const files = readFiles(TEXT)

  it('files to look at, this one among them', () => {
    expect(files.map(({ path }) => path)).toContain('tests/contract/house.test.ts')
  })

  it.each(RULES)('%s', (_name, rule) => {
    expect(files.flatMap(rule)).toEqual([])
  })

  it('kebab-case names that say something', () => {
    expect(listFiles().flatMap((path) => findBadNames({ path, text: '' }))).toEqual([])
  })
})

const lines = (count: number) => 'a\n'.repeat(count)
const long = (count: number) => `{\n${lines(count - 2)}}`
const skip = (word: string) => `it.${word}('a', () => {})`

const CAUGHT: readonly [rule: HouseRule, path: string, text: string][] = [
  [findLongFile, 'agent/a.ts', lines(301)],
  [findLongFile, 'dashboard/src/a.css', lines(301)],
  [findLongFunctions, 'agent/a.ts', `function a() ${long(41)}`],
  [findLongFunctions, 'dashboard/src/a.tsx', `const list = () => ${long(41)}`],
  [findLongFunctions, 'dashboard/src/a.tsx', `export function List() ${long(61)}`],
  [findMissingHeader, 'agent/a.ts', "import a from './a.ts'\n// later"],
  [findMissingHeader, 'dashboard/src/a.css', 'p {}'],
  [findUndocumentedExports, 'shared/a.ts', '// header\nimport b\nexport function a() {}'],
  [findUndocumentedExports, 'shared/a.ts', '/** header */\nimport b\nexport async function* a() {}'],
  [findUndocumentedExports, 'server/a.ts', '// line comment\nexport const a = 1'],
  [findUndocumentedExports, 'agent/a.ts', '/** Doc. */\nexport type A = 1\nexport interface B {}'],
  [findUndocumentedExports, 'agent/a.ts', 'export class A {}'],
  [findDefaultExports, 'agent/a.ts', 'export default 1'],
  [findBadNames, 'agent/utils.ts', ''],
  [findBadNames, 'shared/api/types.ts', ''],
  [findBadNames, 'server/helpers/a.ts', ''],
  [findBadNames, 'server/misc.test.ts', ''],
  [findBadNames, 'dashboard/src/MachinePage.tsx', ''],
  [findBadNames, 'agent/read_file.ts', ''],
  [findLaterMarks, 'agent/a.ts', `// ${'TO'}${'DO'}: later`],
  [findLaterMarks, 'README.md', `${'FIX'}${'ME'}`],
  [findSkippedTests, 'tests/a.test.ts', skip('skip')],
  [findSkippedTests, 'tests/a.test.ts', skip('only')],
  [findSkippedTests, 'tests/a.test.ts', 'describe.skipIf(a)'],
  [findSkippedTests, 'tests/a.test.ts', 'ctx.skip()'],
  [findColours, 'dashboard/src/a.css', '/* header */\np { color: #fff }'],
  [findColours, 'dashboard/src/a.css', 'p { border: 1px solid red }'],
  [findColours, 'dashboard/src/a.css', 'p { background: oklch(0.5 0.1 20) }'],
  [findColours, 'dashboard/src/a.tsx', 'const a = <p style={{ color: "#a1b2c3" }} />'],
  [findColours, 'dashboard/src/a.ts', 'const a = `rgb(1, 0, 0)`'],
  [findColours, 'dashboard/index.html', '<meta content="#0b5fff">'],
]

const ALLOWED: typeof CAUGHT = [
  [findLongFile, 'agent/a.ts', lines(300)],
  [findLongFile, 'README.md', lines(900)],
  [findLongFunctions, 'agent/a.ts', `function a() ${long(40)}`],
  [findLongFunctions, 'dashboard/src/a.tsx', `export function List() ${long(60)}`],
  [findLongFunctions, 'shared/text/en/disk.ts', `const a = () => ${long(90)}`],
  [findLongFunctions, 'tests/a.test.ts', `describe('a', () => ${long(90)})`],
  [findMissingHeader, 'agent/cli.ts', '#!/usr/bin/env node\n// What it is.\n'],
  [findUndocumentedExports, 'shared/a.ts', '/** Doc. */\nexport const a = 1'],
  [
    findUndocumentedExports,
    'shared/a.ts',
    "export { a } from './a.ts'\nexport * from './b.ts'\nexport type { C } from './c.ts'",
  ],
  [findUndocumentedExports, 'shared/a.ts', '/** Doc. */\nexport function a(x: 1): 1\nexport function a(x: 2): 2'],
  [findUndocumentedExports, 'dashboard/src/a.tsx', 'export interface Props {}'],
  [findDefaultExports, 'vite.config.ts', 'export default {}'],
  [findBadNames, 'server/store/sqlite/migrations/0001-init.sql', ''],
  [findBadNames, 'tests/tools/tokenize.test.ts', ''],
  [findBadNames, 'server/README.md', ''],
  [findLaterMarks, 'agent/a.ts', 'mktemp rounds-XXXXXX'],
  [findSkippedTests, 'tests/a.test.ts', 'options.only'],
  [findColours, 'dashboard/src/theme/tokens.css', 'a { color: #fff }'],
  [findColours, 'dashboard/src/a.css', 'a { color: var(--ink) } #add-button { margin: 0 }'],
  [findColours, 'dashboard/src/a.tsx', 'const a = "#/today" // #fff'],
  [findColours, 'server/a.ts', 'const a = "#fff"'],
]

describe('a planted violation is caught', () => {
  it.each(CAUGHT)('%o in %s', (rule, path, text) => {
    expect(rule({ path, text })).not.toEqual([])
  })
})

describe('what keeps the rules is let through', () => {
  it.each(ALLOWED)('%o in %s', (rule, path, text) => {
    expect(rule({ path, text })).toEqual([])
  })
})
