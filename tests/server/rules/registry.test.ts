/** The registry of rules, their files, their values, their texts, their tables and the page about them agree. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLimitKey, LIMIT_KEYS } from '../../../server/policy/defaults.ts'
import { RULES, RULES_BY_ID, rulesOf } from '../../../server/rules/index.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { rules as en } from '../../../shared/text/en/rules.ts'
import { rules as fr } from '../../../shared/text/fr/rules.ts'
import { TOP } from '../../tools/golden.ts'

const FOLDER = join(TOP, 'server/rules')
const paths = globSync('*/*.ts', { cwd: FOLDER }).map((path) => path.replace(/\.ts$/, ''))
const ids = RULES.map(({ id }) => id)
const sourceOf = (id: string) => readFileSync(join(FOLDER, `${id}.ts`), 'utf8')
const tables = globSync('*.test.ts', { cwd: import.meta.dirname })
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

describe('the registry', () => {
  it('has one rule per file', () => expect([...ids].sort()).toEqual(paths.sort()))
  it('keeps each rule under its id', () => {
    for (const [id, rule] of Object.entries(RULES_BY_ID)) expect(rule.id).toBe(id)
  })
  it('gives every rule to its check or the agent', () => {
    const byCheck = [...CHECK_NAMES, 'agent' as const].flatMap((subject) => rulesOf(subject))
    expect(byCheck.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })
  it('names in shared/rules.ts exactly the rules that exist', () => {
    const listed = readFileSync(join(TOP, 'shared/rules.ts'), 'utf8').match(/'[a-z]+\/[a-z0-9-]+'(?=:)/g) ?? []
    expect(listed.map((id) => id.slice(1, -1)).sort()).toEqual([...ids].sort())
  })
  it.each([
    ['en', en],
    ['fr', fr],
  ])('has the texts of every rule in %s', (_language, texts) => {
    expect(Object.keys(texts).sort()).toEqual([...ids].sort())
  })
})

describe.each(ids)('%s', (id: RuleId) => {
  const rule = RULES_BY_ID[id]
  it('says its limits at the top of its file', () => {
    expect(sourceOf(id)).toMatch(/^\/\*\*\n \* [A-Z][\s\S]+?\n \*\n \* Limits?[ :][\s\S]+?\*\//)
  })
  it('declares limits that exist, and asks for each of them', () => {
    const code = sourceOf(id)
    for (const key of rule.limits) {
      expect(isLimitKey(key)).toBe(true)
      const built = /^disk\.(?:hdd|ssd|nvme)(Warm|Hot)Celsius$/.exec(key)?.[1]
      const asked = built === undefined ? `'${key}')` : `${built}Celsius\`)`
      expect(code, `${id} declares ${key}`).toContain(asked)
    }
  })
  it('has a table with at least three rows', () => {
    const table = tables.split(`ruleTable('${id}', [`)[1]?.split(/^\]\)/m)[0] ?? ''
    expect(table.match(/^ {2}\[/gm)?.length ?? 0).toBeGreaterThanOrEqual(3)
  })
  it('never takes a refusal for an absence', () => {
    expect(rule.notApplicableWhen).not.toContain('access-denied')
  })
  it('depends on rules about the agent only', () => {
    for (const dependency of rule.dependsOn) expect(dependency).toMatch(/^agent\//)
  })
})

it('has no limit that nothing asks for', () => {
  const declared = new Set(RULES.flatMap(({ limits }) => limits))
  const elsewhere = /^(?:cadence|facts|alert)\.|^disk\.asleepKeepMs$/
  expect(LIMIT_KEYS.filter((key) => !declared.has(key) && !elsewhere.test(key))).toEqual([])
})
