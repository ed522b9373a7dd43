/** `npm run golden`: rewrites everything in the tree that is generated. A test per file compares (tests/tools/golden.test.ts). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ruleReadme } from './rule-readme.ts'

/** Generated files by path from the top of the tree, with what makes them. */
export const GOLDEN: { readonly [path: string]: () => string } = {
  'server/rules/README.md': ruleReadme,
}

/** The top of the tree. */
export const TOP = join(import.meta.dirname, '..', '..')

function rewrite(): void {
  for (const [path, make] of Object.entries(GOLDEN)) {
    const file = join(TOP, path)
    const made = make()
    mkdirSync(dirname(file), { recursive: true })
    if (readOrEmpty(file) === made) continue
    writeFileSync(file, made)
    process.stdout.write(`rewritten: ${path}\n`)
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

if (import.meta.main) rewrite()
