/**
 * The import table: who may import whom. Pure data and predicates; tests/contract/imports.test.ts applies it.
 *
 * Every row whose `files` matches the importing file must allow the target, so rows only narrow. Type imports count like
 * the others: a room that knows another's types is coupled to it. A file that is started (a child process, a worker) is
 * not imported; it must only be there.
 */
import { type Edge, packageOf, type Target } from './imports.ts'

/** One row. `allows` answers for a single import; `why` is the sentence printed when it does not. */
interface Row {
  readonly files: RegExp
  readonly except?: RegExp
  readonly allows: (target: Target, edge: Edge) => boolean
  readonly why: string
}

const file = (pattern: RegExp) => (target: Target) => target.kind === 'file' && pattern.test(target.name)
const node =
  (pattern = /^/) =>
  (target: Target) =>
    target.kind === 'node' && pattern.test(target.name)
const packages =
  (...names: string[]) =>
  (target: Target) =>
    target.kind === 'package' && (names.includes(packageOf(target.name)) || names.includes(target.name))
const anyOf =
  (...tests: ((target: Target) => boolean)[]) =>
  (target: Target) =>
    tests.some((test) => test(target))
const noneOf =
  (...tests: ((target: Target) => boolean)[]) =>
  (target: Target) =>
    !tests.some((test) => test(target))
/** Exactly these names, without their other subpaths. */
const exactly =
  (...names: string[]) =>
  (target: Target) =>
    target.kind === 'package' && names.includes(target.name)

const SHARED = file(/^shared\/(?!protocol\/compiled\.ts$)/)
const COMPILED = 'shared/protocol/compiled.ts'
/** server/store/statements/ is shared by both engines and belongs to the port's side. */
const ENGINE = file(/^server\/store\/(?:sqlite|postgres)\//)
/** The places that put the parts together: the only ones that know an engine. */
const COMPOSES =
  /^(?:server\/(?:main|cli|start|run-start)\.ts|server\/(?:cli|commands)\/.*|server\/.*-worker\.ts|tests\/.*)$/

/** Files of a check that use the probe, told by their names: collect, read and ask are not pure, index.ts wires them up. */
const COLLECTS = /^agent\/checks\/[^/]+\/(?:.*\/)?(?:collect(?:-[^/]+)?|read-[^/]+|ask(?:-[^/]+)?|index)\.ts$/
/** Rooms of readers that every check shares: forms in which a system tells things. */
const READERS = /^agent\/checks\/(?:windows|macos)\//

/** Pure rooms of the server from left to right in the flow (notes/style.md 5.1): each may use those before it. */
const STAGES: readonly RegExp[] = [
  /^server\/(?:policy\/|auth\/access\.ts|ingest\/session\.ts)/,
  /^server\/facts\//,
  /^server\/rules\//,
  /^server\/findings\//,
  /^server\/alerts\/(?:lifecycle|route)\.ts/,
  /^server\/(?:visits\/compose\.ts|metrics\/exposition\.ts|notify\/[^/]+\/render\.ts)/,
]
const stageOf = (path: string) => STAGES.findIndex((stage) => stage.test(path))

const shared: readonly Row[] = [
  {
    files: /^shared\//,
    allows: (target, { from }) =>
      SHARED(target) ||
      exactly('typebox', 'typebox/schema')(target) ||
      (from === COMPILED && exactly('typebox/compile')(target)) ||
      (from === 'shared/protocol/crypto.ts' && node(/^node:crypto$/)(target)) ||
      (from === 'shared/protocol/zlib.ts' && node(/^node:zlib$/)(target)),
    why: 'shared/ is pure: shared, typebox and typebox/schema only (crypto.ts may use node:crypto, zlib.ts node:zlib, compiled.ts typebox/compile)',
  },
  {
    files: /^(?!server\/|tests\/)/,
    allows: (target) => target.name !== COMPILED,
    why: 'shared/protocol/compiled.ts generates code: only the server may use it',
  },
]

const agent: readonly Row[] = [
  {
    files: /^agent\//,
    allows: (target, { from }) =>
      anyOf(
        SHARED,
        file(/^agent\//),
        node(),
        exactly('ws', 'node-cron', 'smol-toml', 'typebox', 'typebox/schema'),
      )(target) ||
      (/-child\.ts$/.test(from) && packages('systeminformation')(target)),
    why: 'the agent may import shared, node:*, ws, node-cron, smol-toml, typebox and typebox/schema; systeminformation in *-child.ts only',
  },
  {
    files: /^agent\/checks\/[^/]+\//,
    except: COLLECTS,
    allows: (target, { from }) => {
      const room = from.split('/', 3).join('/')
      const isOwn = target.name.startsWith(`${room}/`) && !COLLECTS.test(target.name)
      const isShared = READERS.test(target.name) && !COLLECTS.test(target.name)
      const isQueries = from === 'agent/checks/windows/queries.ts' && target.name.endsWith('/windows-queries.ts')
      const isFile = isOwn || isShared || isQueries || /^agent\/checks\/[^/]+\.ts$/.test(target.name)
      return SHARED(target) || (target.kind === 'file' && isFile)
    },
    why: 'parsers are pure: shared, agent/checks/*.ts, the readers of Windows and macOS and the parsers beside them; no node:*, no probe, no packages',
  },
  {
    files: COLLECTS,
    allows: (target, { from }) =>
      SHARED(target) ||
      file(/^agent\/(?:checks\/[^/]+\.ts|checks\/(?:windows|macos)\/[^/]+\.ts|probe\/(?:probe|programs)\.ts)$/)(
        target,
      ) ||
      (target.kind === 'file' && target.name.startsWith(`${from.split('/', 3).join('/')}/`)),
    why: 'collectors reach the world through the probe: their parsers, agent/checks/*.ts, the readers of Windows and macOS, probe/probe.ts, the names of programs and shared only',
  },
]

const server: readonly Row[] = [
  {
    files: /^server\//,
    allows: noneOf(
      file(/^(?!server\/|shared\/|package\.json$)/),
      packages('systeminformation', 'preact', '@preact/signals', 'uplot', 'vite'),
    ),
    why: 'the server imports server, shared, node:* and server packages; neither agent nor dashboard',
  },
  {
    files: /^server\/rules\/[^/]+\//,
    allows: anyOf(SHARED, file(/^server\/rules\/rule\.ts$/)),
    why: 'a rule imports shared and server/rules/rule.ts only, no other rule',
  },
  {
    files: new RegExp(STAGES.map((stage) => stage.source).join('|')),
    allows: (target, { from }) => {
      const stage = target.kind === 'file' ? stageOf(target.name) : -1
      return SHARED(target) || (stage !== -1 && stage <= stageOf(from))
    },
    why: 'a pure room imports shared and the pure rooms left of it in the flow: no node:*, store, clock or package',
  },
  {
    files: /^(?!server\/store\/)/,
    except: COMPOSES,
    allows: noneOf(ENGINE),
    why: 'only what composes (main, cli, start, workers, tests) may know a store engine: use server/store/store.ts',
  },
  {
    files: /^server\/store\/(?!sqlite\/|postgres\/)/,
    except: /^server\/store\/open-store\.ts$/,
    allows: noneOf(ENGINE, file(/^server\/(?:http|ingest|fleet|main|cli|start)/)),
    why: 'the store port, its rows and statements know no engine and no caller',
  },
  {
    files: /^server\/store\/(?:sqlite|postgres)\//,
    allows: (target, { from }) => {
      const own = from.split('/', 3).join('/')
      const isOther = ENGINE(target) && !target.name.startsWith(`${own}/`)
      return !isOther && !file(/^server\/(?:http|ingest|fleet|notify|main|cli|start)/)(target)
    },
    why: 'an engine knows the port, not the other engine and not its callers',
  },
  {
    files: /^(?!tests\/)/,
    except: /^server\/store\/sqlite\//,
    allows: noneOf(packages('better-sqlite3')),
    why: 'better-sqlite3 stays in server/store/sqlite/',
  },
  {
    files: /^(?!tests\/)/,
    except: /^server\/store\/postgres\//,
    allows: noneOf(packages('pg')),
    why: 'pg stays in server/store/postgres/',
  },
  {
    files: /^server\/notify\//,
    allows: noneOf(file(/^server\/(?:store|alerts|http|fleet)\//)),
    why: 'a notifier is told what to send: it knows notifier.ts and shared, never the store',
  },
]

const everyone: readonly Row[] = [
  {
    files: /^dashboard\//,
    allows: anyOf(
      file(/^dashboard\//),
      file(/^shared\/(?!protocol\/)/),
      packages('preact', '@preact/signals', 'uplot', '@fontsource-variable/inter'),
    ),
    why: 'the dashboard imports dashboard, shared (not shared/protocol), preact, @preact/signals, uplot and its font',
  },
  {
    files: /^(?!tests\/|vitest\.config\.ts$)/,
    allows: noneOf(file(/^tests\//)),
    why: 'nobody imports tests',
  },
  {
    files: /^(?!tests\/|(?:server|agent)\/(?:cli|start|run-start|main)\.ts$|(?:server|agent)\/(?:cli|commands)\/)/,
    allows: noneOf(file(/^(?:server|agent)\/(?:main|start|cli)\.ts$/)),
    why: 'main.ts, start.ts, run-start.ts and cli.ts put things together and are imported by each other only',
  },
]

/** All rows of the table. */
export const IMPORT_TABLE: readonly Row[] = [...shared, ...agent, ...server, ...everyone]

/** The imports that some row refuses, one line each: where, what, and the row's sentence. */
export function findForbiddenImports(edges: readonly Edge[]): readonly string[] {
  return edges.flatMap((edge) => {
    const where = `${edge.from}:${edge.line} imports ${edge.target.name}`
    if (edge.target.kind === 'unresolved') return [`${where}: there is no such file`]
    if (edge.starts) return []
    const refused = IMPORT_TABLE.filter(
      ({ files, except, allows }) => files.test(edge.from) && !except?.test(edge.from) && !allows(edge.target, edge),
    )
    return refused.map(({ why }) => `${where}: ${why}`)
  })
}

/** Chains of run-time imports that lead from a file matching `from` to the package `to`, as "a -> b -> to". */
export function findChains(edges: readonly Edge[], from: RegExp, to: string): readonly string[] {
  const loads = Map.groupBy(
    edges.filter(({ typeOnly, starts }) => !typeOnly && !starts),
    (edge) => edge.from,
  )
  const reached = new Map<string, string>()
  const visit = (path: string, chain: string): void => {
    if (reached.has(path)) return
    reached.set(path, chain)
    for (const { target } of loads.get(path) ?? []) visit(target.name, `${chain} -> ${target.name}`)
  }
  for (const path of loads.keys()) if (from.test(path)) visit(path, path)
  return [...reached].flatMap(([name, chain]) => (packageOf(name) === to ? [chain] : []))
}
