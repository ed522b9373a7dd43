/**
 * The server's configuration: environment and a TOML file become `ServerConfig`; the environment wins and an unknown key is an
 * error that names it. `parseConfig` is pure; `readConfig` reads the file that ROUNDS_CONFIG names.
 */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { parse } from 'smol-toml'
import { err, ok, type Result } from '../shared/result.ts'
import { describeUnknown } from './nearest-word.ts'

/** Levels of the server's own log, quietest last. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
/** Everything that must be known before the server starts. Paths are absolute. */
export type ServerConfig = {
  readonly host: string
  /** 0: the system picks one (tests). */
  readonly port: number
  readonly dataFolder: string
  /** Address that people and agents use, without a path (`https://monitor.example.org`); null: localhost only. */
  readonly publicUrl: string | null
  /** PEM files of the server's own TLS; null: none, or a proxy does it. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** Addresses or networks of proxies whose X-Forwarded-* is believed; empty: nobody. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** `unknown-key`, `invalid`: names the key; `unsupported`: of a later release; `unsafe-host`: would listen in clear; `unreadable`: file. */
export type ConfigError = {
  readonly code: 'unknown-key' | 'invalid' | 'unsupported' | 'unsafe-host' | 'unreadable'
  readonly message: string
}

/** Environment variables, as a process has them. */
export type Environment = { readonly [name: string]: string | undefined }

const ENVIRONMENT_KEYS = [
  'ROUNDS_PORT',
  'ROUNDS_HOST',
  'ROUNDS_DATA',
  'ROUNDS_STORE',
  'ROUNDS_PUBLIC_URL',
  'ROUNDS_CONFIG',
  'ROUNDS_LOG',
] as const
/** Read by the agent and the browser tests; they may stand in the same environment. */
const FOREIGN = /^ROUNDS_(?:AGENT_.*|CHROMIUM|SAMPLES)$/
const FILE_KEYS = ['host', 'port', 'data', 'store', 'publicUrl', 'trustedProxies', 'log', 'tls'] as const
const TLS_KEYS = ['cert', 'key'] as const
/** Names for address ranges that proxy-addr knows. */
const PROXY_NAMES: readonly string[] = ['loopback', 'linklocal', 'uniquelocal']

type Table = { readonly [key: string]: unknown }
type Failed = { readonly ok: false; readonly error: ConfigError }

const refuse = (code: ConfigError['code'], message: string): Failed => err({ code, message })

/** Reads ROUNDS_CONFIG, when set, and the environment. `cwd`: what relative paths of the environment start from. */
export function readConfig(environment: Environment, cwd: string): Result<ServerConfig, ConfigError> {
  const file = environment['ROUNDS_CONFIG']
  if (file === undefined || file === '') return parseConfig(environment, null, cwd)
  const full = path.resolve(cwd, file)
  try {
    return parseConfig(environment, { file: full, text: fs.readFileSync(full, 'utf8') }, cwd)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return refuse('unreadable', `ROUNDS_CONFIG names ${full}, which cannot be read: ${why}`)
  }
}

/** @param file the TOML file and its text; its relative paths start from its own folder. Errors are sentences with key and remedy. */
export function parseConfig(
  environment: Environment,
  file: { readonly file: string; readonly text: string } | null,
  cwd: string,
): Result<ServerConfig, ConfigError> {
  const stranger = Object.keys(environment).find(
    (name) => name.startsWith('ROUNDS_') && !FOREIGN.test(name) && !ENVIRONMENT_KEYS.some((known) => known === name),
  )
  if (stranger !== undefined) {
    return refuse('unknown-key', `environment: ${describeUnknown('key', stranger, ENVIRONMENT_KEYS)}`)
  }
  const table = file === null ? ok<Table>({}) : parseFile(file)
  if (!table.ok) return table
  const base = file === null ? cwd : path.dirname(file.file)
  const merged = mergeSources(environment, table.value, cwd, base)
  return merged.ok ? judgeSafety(merged.value) : merged
}

function parseFile({ file, text }: { readonly file: string; readonly text: string }): Result<Table, ConfigError> {
  let table: Table
  try {
    table = parse(text)
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0]
    return refuse('invalid', `${file} is not valid TOML: ${why}`)
  }
  const unknown = Object.keys(table).find((key) => !FILE_KEYS.some((known) => known === key))
  if (unknown !== undefined) return refuse('unknown-key', `${file}: ${describeUnknown('key', unknown, FILE_KEYS)}`)
  return ok(table)
}

function mergeSources(
  environment: Environment,
  table: Table,
  cwd: string,
  base: string,
): Result<ServerConfig, ConfigError> {
  const given = (name: string) => (environment[name] === '' ? undefined : environment[name])
  const store = given('ROUNDS_STORE') ?? table['store'] ?? 'sqlite'
  const refusal = refuseStore(store)
  if (refusal !== null) return refusal
  const port = parsePort(given('ROUNDS_PORT') ?? table['port'] ?? 8420)
  if (!port.ok) return port
  const publicUrl = parsePublicUrl(given('ROUNDS_PUBLIC_URL') ?? table['publicUrl'] ?? null)
  if (!publicUrl.ok) return publicUrl
  const tls = parseTls(table['tls'], base)
  if (!tls.ok) return tls
  const trustedProxies = parseProxies(table['trustedProxies'] ?? [])
  if (!trustedProxies.ok) return trustedProxies
  const logLevel = LOG_LEVELS.find((level) => level === (given('ROUNDS_LOG') ?? table['log'] ?? 'info'))
  if (logLevel === undefined) return refuse('invalid', `ROUNDS_LOG is not a level; known: ${LOG_LEVELS.join(', ')}`)
  const host = given('ROUNDS_HOST') ?? table['host'] ?? '127.0.0.1'
  if (typeof host !== 'string' || !/^[A-Za-z0-9.:_-]{1,253}$/.test(host)) {
    return refuse('invalid', 'ROUNDS_HOST must be one address or name to listen on, without a port, such as 127.0.0.1')
  }
  const own = given('ROUNDS_DATA')
  const data = own ?? table['data'] ?? './data'
  if (typeof data !== 'string') return refuse('invalid', '"data" must be the path of a folder')
  const dataFolder = path.resolve(own === undefined && table['data'] !== undefined ? base : cwd, data)
  return ok({
    host,
    port: port.value,
    dataFolder,
    publicUrl: publicUrl.value,
    tls: tls.value,
    trustedProxies: trustedProxies.value,
    logLevel,
  })
}

function refuseStore(store: unknown): Failed | null {
  if (store === 'sqlite') return null
  if (typeof store === 'string' && /^postgres(?:ql)?:/.test(store)) {
    return refuse(
      'unsupported',
      'ROUNDS_STORE names a PostgreSQL server; this release stores in SQLite files only. Leave ROUNDS_STORE unset.',
    )
  }
  return refuse('invalid', 'ROUNDS_STORE must be "sqlite"')
}

function parsePort(value: unknown): Result<number, ConfigError> {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535
    ? ok(port)
    : refuse('invalid', 'ROUNDS_PORT must be a port number from 1 to 65535')
}

function parsePublicUrl(value: unknown): Result<string | null, ConfigError> {
  if (value === null) return ok(null)
  const url = typeof value === 'string' ? URL.parse(value) : null
  const isPlain = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (url === null || !isPlain || !['http:', 'https:'].includes(url.protocol)) {
    return refuse('invalid', 'ROUNDS_PUBLIC_URL must be an address without a path, such as https://monitor.example.org')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse('invalid', 'ROUNDS_PUBLIC_URL must begin with https://: sign-ins would travel in clear text')
  }
  return ok(url.origin)
}

function parseTls(value: unknown, base: string): Result<ServerConfig['tls'], ConfigError> {
  if (value === undefined) return ok(null)
  if (!isTable(value)) return refuse('invalid', '"tls" must be a table with cert and key')
  const unknown = Object.keys(value).find((key) => !TLS_KEYS.some((known) => known === key))
  if (unknown !== undefined) return refuse('unknown-key', `[tls]: ${describeUnknown('key', unknown, TLS_KEYS)}`)
  const { cert, key } = value
  if (typeof cert !== 'string' || typeof key !== 'string') {
    return refuse('invalid', '[tls] needs both cert and key: paths of PEM files')
  }
  return ok({ certFile: path.resolve(base, cert), keyFile: path.resolve(base, key) })
}

function parseProxies(value: unknown): Result<readonly string[], ConfigError> {
  const isList = Array.isArray(value) && value.length <= 64 && value.every((one) => typeof one === 'string')
  if (!isList) return refuse('invalid', '"trustedProxies" must be a list of addresses or networks')
  const wrong = value.find((one) => !isProxy(one))
  if (wrong === undefined) return ok(value)
  return refuse(
    'invalid',
    `"trustedProxies": ${JSON.stringify(wrong.slice(0, 64))} is neither an address nor a network`,
  )
}

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (bits === undefined) return PROXY_NAMES.includes(text) || net.isIP(address) !== 0
  const most = net.isIP(address) === 4 ? 32 : 128
  return (
    rest.length === 0 && net.isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= most
  )
}

function judgeSafety(config: ServerConfig): Result<ServerConfig, ConfigError> {
  if (config.trustedProxies.length > 0 && config.publicUrl === null) {
    return refuse(
      'invalid',
      'trustedProxies is set, so people reach this server through a proxy: set ROUNDS_PUBLIC_URL to the address they use.',
    )
  }
  if (isLoopback(config.host) || config.tls !== null || config.trustedProxies.length > 0) return ok(config)
  return refuse(
    'unsafe-host',
    `ROUNDS_HOST is ${config.host}: sign-ins would travel the network in clear text. Give the server a certificate ` +
      '([tls] cert and key in the file that ROUNDS_CONFIG names), or name the proxy that does TLS (trustedProxies), or listen on 127.0.0.1.',
  )
}

/** True for names and addresses that never leave this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name === '::1' || (net.isIPv4(name) && name.startsWith('127.'))
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
