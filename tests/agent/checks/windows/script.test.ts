/**
 * The scripts for Windows, read with a grammar of PowerShell (tree-sitter-powershell, its .wasm): a syntax error cannot ship. And what no
 * question may do: write, fetch, or ask through what is gone.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Language, type Node, Parser } from 'web-tree-sitter'
import { WINDOWS_QUERIES } from '../../../../agent/checks/windows/queries.ts'
import { QUERY_RHYTHMS } from '../../../../agent/checks/windows/query.ts'
import { scriptOf } from '../../../../agent/checks/windows/script.ts'

const require = createRequire(import.meta.url)
const GRAMMAR = path.join(
  path.dirname(require.resolve('tree-sitter-powershell/package.json')),
  'tree-sitter-powershell.wasm',
)

let parser: Parser
beforeAll(async () => {
  await Parser.init()
  parser = new Parser()
  parser.setLanguage(await Language.load(readFileSync(GRAMMAR)))
})

/** Where the first thing that is no PowerShell stands; null: nowhere. */
function firstError(script: string): string | null {
  const root = parser.parse(script)?.rootNode
  if (root === undefined) return 'not read at all'
  const find = (node: Node): Node | null =>
    node.isError || node.isMissing
      ? node
      : (node.children.map((child) => child && find(child)).find((one) => one) ?? null)
  const found = root.hasError ? find(root) : null
  return found === null ? null : `line ${found.startPosition.row + 1}: ${found.text.slice(0, 80)}`
}

describe('the grammar', () => {
  it('finds an error where there is one', () => {
    expect(firstError('Get-Item C:\\ | Select-Object Name')).toBe(null)
    expect(firstError('try { Get-Item C:\\ ')).not.toBe(null)
    expect(firstError("$x = @{ a = 'b' ")).not.toBe(null)
  })
})

describe.each(QUERY_RHYTHMS)('the script that runs %s', (rhythm) => {
  it('is PowerShell from the first line to the last', () => {
    expect(firstError(scriptOf(rhythm))).toBe(null)
  })

  it('is the same text every time, short enough for a command line', () => {
    expect(scriptOf(rhythm)).toBe(scriptOf(rhythm))
    // CreateProcess takes 32,767 characters in all.
    expect(scriptOf(rhythm).length).toBeLessThan(31_000)
  })
})

describe.each(WINDOWS_QUERIES.map(({ block, script }) => [block, script] as const))(
  'the question %s',
  (_block, script) => {
    it('is PowerShell by itself', () => {
      expect(firstError(script)).toBe(null)
    })

    it('only asks', () => {
      // Verbs that change something, that start or fetch something, and tools that are gone or translated (collectors.md 0.3, 0.5).
      expect(script).not.toMatch(
        /\b(?:Set|Remove|Clear|Stop|Start|Restart|Enable|Disable|Install|Uninstall|Invoke|Out|Export|Add|New)-(?!Object\b|Block\b)[A-Z]\w+/,
      )
      expect(script).not.toMatch(
        /\b(?:wmic|Get-WmiObject|iex|Invoke-Expression|netsh|manage-bde|systeminfo|DownloadString|WebClient|HttpClient)\b/i,
      )
      expect(script).not.toMatch(/\bFormat-(?:List|Table)\b/)
      expect(script).not.toMatch(/Win32_Product\b/)
    })
  },
)

it('no block is named twice, and names are plain', () => {
  const blocks = WINDOWS_QUERIES.map(({ block }) => block)
  expect(new Set(blocks).size).toBe(blocks.length)
  for (const block of blocks) expect(block).toMatch(/^[a-z][a-z0-9-]{1,40}$/)
})
