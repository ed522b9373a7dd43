/**
 * Who may import whom (tests/tools/import-table.ts), and no clock, chance, process or console in the pure rooms.
 * The self-tests plant violations in made-up files, so that a table which forgets to look is noticed.
 */
import { describe, expect, it } from 'vitest'
import { findChains, findForbiddenImports } from '../tools/import-table.ts'
import { readEdges } from '../tools/imports.ts'
import { findImpurities, isPure } from '../tools/purity.ts'
import { CODE, listFiles, readFiles, type SourceFile } from '../tools/source-files.ts'

const PATHS = listFiles()
const SOURCES = readFiles(CODE)

describe('the tree', () => {
  const edges = readEdges(SOURCES, PATHS)

  it('is read at all', () => {
    expect(edges.some(({ target }) => target.name === 'tests/tools/imports.ts')).toBe(true)
    expect(edges.some(({ target, typeOnly }) => target.name === 'tests/tools/source-files.ts' && typeOnly)).toBe(true)
  })

  it('keeps to the import table', () => {
    expect(findForbiddenImports(edges)).toEqual([])
  })

  it('keeps TypeBox out of the page: 40 KB, and code generation that its Content-Security-Policy forbids', () => {
    expect(findChains(edges, /^dashboard\//, 'typebox')).toEqual([])
  })

  it('keeps systeminformation out of the resident agent', () => {
    expect(findChains(edges, /^agent\/(?!.*-child\.ts$)/, 'systeminformation')).toEqual([])
  })

  it('keeps the pure rooms pure', () => {
    expect(SOURCES.filter(({ path }) => isPure(path)).flatMap(findImpurities)).toEqual([])
  })
})

/** Files that stand there for planted imports to lead to. */
const WORLD = [
  'agent/checks/disk/collect.ts',
  'agent/checks/disk/index.ts',
  'agent/checks/disk/smartctl.ts',
  'agent/checks/collector.ts',
  'agent/checks/patch/apt.ts',
  'agent/inventory-child.ts',
  'agent/probe/probe.ts',
  'agent/probe/system.ts',
  'dashboard/src/main.tsx',
  'server/alerts/dispatch.ts',
  'server/alerts/route.ts',
  'server/facts/derive.ts',
  'server/findings/diff.ts',
  'server/http/app.ts',
  'server/main.ts',
  'server/rules/disk/space-low.ts',
  'server/rules/rule.ts',
  'server/store/postgres/index.ts',
  'server/store/sqlite/index.ts',
  'server/store/statements/findings.ts',
  'server/store/store.ts',
  'shared/protocol/compiled.ts',
  'shared/protocol/messages.ts',
  'shared/units.ts',
  'tests/support/tmp.ts',
]

/** The import table's answer for one file with one import. */
function judge(from: string, name: string): readonly string[] {
  const planted: SourceFile = { path: from, text: `import { x } from '${name}'\n` }
  return findForbiddenImports(readEdges([planted], WORLD))
}

describe('a planted import is caught', () => {
  it.each([
    ['shared/units.ts', 'node:fs'],
    ['shared/units.ts', 'ws'],
    ['shared/units.ts', 'typebox/value'],
    ['shared/units.ts', '../server/facts/derive.ts'],
    ['shared/protocol/messages.ts', 'node:crypto'],
    ['shared/protocol/messages.ts', './compiled.ts'],
    ['shared/protocol/crypto.ts', 'node:zlib'],
    ['shared/protocol/frame.ts', 'node:zlib'],
    ['agent/uplink/uplink.ts', 'typebox/compile'],
    ['agent/uplink/uplink.ts', 'typebox/value'],
    ['agent/uplink/uplink.ts', 'systeminformation'],
    ['agent/uplink/uplink.ts', '../../server/store/store.ts'],
    ['agent/uplink/uplink.ts', '../../shared/protocol/compiled.ts'],
    ['agent/checks/disk/smartctl.ts', 'node:path'],
    ['agent/checks/disk/smartctl.ts', 'path'],
    ['agent/checks/disk/smartctl.ts', '../../probe/probe.ts'],
    ['agent/checks/disk/smartctl.ts', './collect.ts'],
    ['agent/checks/disk/smartctl.ts', '../patch/apt.ts'],
    ['agent/checks/disk/collect.ts', 'node:fs'],
    ['agent/checks/disk/read-drives.ts', 'node:fs'],
    ['agent/checks/disk/index.ts', 'node:fs'],
    ['agent/checks/disk/index.ts', '../patch/apt.ts'],
    ['agent/checks/disk/smartctl.ts', './index.ts'],
    ['agent/checks/disk/collect.ts', '../../probe/system.ts'],
    ['server/rules/disk/filling-up.ts', './space-low.ts'],
    ['server/rules/disk/filling-up.ts', '../../facts/derive.ts'],
    ['server/rules/disk/filling-up.ts', 'node:os'],
    ['server/facts/derive.ts', '../store/store.ts'],
    ['server/facts/derive.ts', '../rules/rule.ts'],
    ['server/alerts/route.ts', './dispatch.ts'],
    ['server/alerts/lifecycle.ts', 'pino'],
    ['server/metrics/exposition.ts', 'prom-client'],
    ['server/auth/access.ts', 'node:crypto'],
    ['server/ingest/session.ts', '../store/store.ts'],
    ['server/http/app.ts', '../store/sqlite/index.ts'],
    ['server/http/app.ts', 'better-sqlite3'],
    ['server/fleet/fleet.ts', '../store/sqlite/index.ts'],
    ['server/store/store.ts', './sqlite/index.ts'],
    ['server/store/statements/findings.ts', '../sqlite/index.ts'],
    ['server/store/postgres/index.ts', '../sqlite/index.ts'],
    ['server/http/app.ts', '../../agent/probe/probe.ts'],
    ['server/http/app.ts', '../main.ts'],
    ['server/http/app.ts', '../../tests/support/tmp.ts'],
    ['server/notify/email/send.ts', '../../store/store.ts'],
    ['dashboard/src/router.ts', '../../shared/protocol/messages.ts'],
    ['dashboard/src/router.ts', '../../server/facts/derive.ts'],
    ['dashboard/src/router.ts', 'node:url'],
    ['dashboard/src/router.ts', 'react'],
    ['shared/units.ts', './gone.ts'],
  ])('%s -> %s', (from, name) => {
    expect(judge(from, name)).not.toEqual([])
  })
})

describe('a lawful import is let through', () => {
  it.each([
    ['shared/protocol/crypto.ts', 'node:crypto'],
    ['shared/protocol/zlib.ts', 'node:zlib'],
    ['shared/protocol/messages.ts', 'typebox/schema'],
    ['shared/protocol/compiled.ts', 'typebox/compile'],
    ['agent/inventory-child.ts', 'systeminformation'],
    ['agent/uplink/uplink.ts', 'typebox/schema'],
    ['agent/checks/disk/smartctl.ts', '../collector.ts'],
    ['agent/checks/disk/collect.ts', './smartctl.ts'],
    ['agent/checks/disk/index.ts', './collect.ts'],
    ['agent/checks/disk/read-drives.ts', '../../probe/probe.ts'],
    ['agent/checks/disk/collect.ts', '../../probe/probe.ts'],
    ['server/rules/disk/filling-up.ts', '../rule.ts'],
    ['server/findings/risk.ts', './diff.ts'],
    ['server/alerts/lifecycle.ts', '../findings/diff.ts'],
    ['server/store/sqlite/index.ts', 'better-sqlite3'],
    ['server/main.ts', './store/sqlite/index.ts'],
    ['server/store/sqlite/index.ts', '../statements/findings.ts'],
    ['server/ingest/accept.ts', '../../shared/protocol/compiled.ts'],
    ['dashboard/src/router.ts', '@preact/signals'],
    ['tests/server/store.test.ts', '../../server/store/sqlite/index.ts'],
  ])('%s -> %s', (from, name) => {
    expect(judge(from, name)).toEqual([])
  })
})

describe('imports are found in each form', () => {
  it.each([
    ["import fs from 'node:fs'", false],
    ["import 'node:fs'", false],
    ["export * from 'node:fs'", false],
    ["const fs = await import('node:fs')", false],
    ["const fs = require('node:fs')", false],
    ["import { type A, b } from 'node:fs'", false],
    ["import type { A } from 'node:fs'", true],
    ["import { type A, type B } from 'node:fs'", true],
    ["let a: import('node:fs').Stats", true],
  ])('%s', (text, typeOnly) => {
    const edges = readEdges([{ path: 'shared/a.ts', text }], [])
    expect(edges.map((edge) => [edge.target.name, edge.typeOnly])).toEqual([['node:fs', typeOnly]])
  })

  it.each(["// import 'node:fs'", 'const a = "import \'node:fs\'"', 'export const from = 1'])('none in %s', (text) => {
    expect(readEdges([{ path: 'shared/a.ts', text }], [])).toEqual([])
  })

  it('tells a file that is started from one that is imported', () => {
    const text = "new URL('../agent/checks/collector.ts', import.meta.url)"
    const edges = readEdges([{ path: 'server/start.ts', text }], WORLD)
    expect(edges.map(({ target, starts }) => [target.name, starts])).toEqual([['agent/checks/collector.ts', true]])
    expect(findForbiddenImports(edges)).toEqual([])
    expect(findForbiddenImports(readEdges([{ path: 'server/start.ts', text }], []))).toHaveLength(1)
  })

  it('follows the page to TypeBox over run-time imports only', () => {
    const page = (clause: string) => [
      { path: 'dashboard/a.ts', text: `import ${clause} from '../shared/units.ts'` },
      { path: 'shared/units.ts', text: "import { Type } from 'typebox'" },
    ]
    const chains = (clause: string) => findChains(readEdges(page(clause), WORLD), /^dashboard\//, 'typebox')
    expect(chains('{ x }')).toEqual(['dashboard/a.ts -> shared/units.ts -> typebox'])
    expect(chains('type { X }')).toEqual([])
  })
})

describe('an impurity is caught', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'process.env',
    'globalThis.process',
    'fetch(a)',
    'setTimeout(a, 1)',
    'setInterval(a, 1)',
    'console.log(1)',
    'performance.now()',
    'crypto.randomUUID()',
  ])('%s', (text) => {
    expect(findImpurities({ path: 'shared/a.ts', text: `const a = ${text}` })).toHaveLength(1)
  })

  it.each([
    'new Date(x)',
    'Date.UTC(2026, 0)',
    'item.process.pid',
    '// Date.now()',
    '"console.log"',
    'probe.fetch(a)',
    'type A = Date',
  ])('not in %s', (text) => {
    expect(findImpurities({ path: 'shared/a.ts', text })).toEqual([])
  })

  it.each([
    ['shared/units.ts', true],
    ['agent/checks/disk/smartctl.ts', true],
    ['agent/checks/disk/collect.ts', true],
    ['server/rules/disk/space-low.ts', true],
    ['server/alerts/route.ts', true],
    ['server/alerts/dispatch.ts', false],
    ['server/main.ts', false],
    ['agent/checks/collector.ts', false],
  ])('pure: %s %s', (path, want) => {
    expect(isPure(path)).toBe(want)
  })
})
