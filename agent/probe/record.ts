/** A probe that passes every question on to another and writes the redacted answer into a folder. I/O; writes only into that folder. */
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Failure } from '../../shared/reading.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Entry, Output, Probe } from './probe.ts'
import { CALLS_FILE, callKey, type RecordedCall, type RecordingHead } from './recording.ts'
import { createRedactor, type Redactor } from './redact.ts'

/**
 * Wraps `probe`. What it answers to its caller is the untouched answer; what it writes has gone through the redactor.
 * @param folder made if it is absent; must be empty, so that two recordings never mix.
 * @param redact stand-ins for serial numbers, addresses and names; by default with this machine's host name.
 * @throws Error when the folder holds something already or cannot be written.
 */
export function createRecordProbe(probe: Probe, folder: string, redact: Redactor = createRedactor(hostname())): Probe {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty; a recording needs a folder of its own`)
  const head: RecordingHead = { format: 'rounds-recording', version: 1, platform: probe.platform }
  appendFileSync(join(folder, CALLS_FILE), `${JSON.stringify(head)}\n`, { mode: 0o600 })
  return recording(probe, createWriter(folder, redact), redact)
}

type Save = ReturnType<typeof createWriter>

function recording(probe: Probe, save: Save, redact: Redactor): Probe {
  /** Waits for an answer, writes it under `key`, and passes it on untouched. */
  const kept = async <T>(
    key: string,
    asked: Promise<Result<T, Failure>>,
    split?: (value: T) => Parts,
    path?: string,
  ) => {
    const answer = await asked
    save(key, answer, split, path)
    return answer
  }
  const entries = (path: string) => (found: readonly Entry[]) => plain(withoutNames(path, found, redact))
  return {
    platform: probe.platform,
    exec: (program, args, options) =>
      kept(callKey('exec', program, ...args), probe.exec(program, args, options), execParts),
    has: async (program) => {
      const answer = await probe.has(program)
      save(callKey('has', program), ok(answer))
      return answer
    },
    readFile: (path, options) => kept(callKey('readFile', path), probe.readFile(path, options), bytesOnly, path),
    list: (path) => kept(callKey('list', path), probe.list(path), entries(path)),
    stat: (path, options) =>
      kept(callKey(options?.follow === true ? 'follow' : 'stat', path), probe.stat(path, options)),
    readLink: (path) => kept(callKey('readLink', path), probe.readLink(path)),
    statVolume: (mount, options) => kept(callKey('statVolume', mount), probe.statVolume(mount, options)),
    ask: (path, request, options) =>
      kept(callKey('ask', path, Buffer.from(request).toString('base64')), probe.ask(path, request, options), bytesOnly),
  }
}

type Parts = { readonly facts: unknown; readonly bytes: Uint8Array | null }

const plain = (facts: unknown): Parts => ({ facts, bytes: null })
const bytesOnly = (bytes: Uint8Array): Parts => ({ facts: null, bytes })

function execParts({ stdout, stderr, exitCode, truncated }: Output): Parts {
  return { facts: { stderr, exitCode, truncated }, bytes: stdout }
}

/** Names of home folders are names of people. */
function withoutNames(path: string, entries: readonly Entry[], redact: Redactor): readonly Entry[] {
  if (path !== '/home' && path !== '/home/') return entries
  return entries.map((entry) => ({ ...entry, name: redact(`/home/${entry.name}`).slice('/home/'.length) }))
}

function createWriter(folder: string, redact: Redactor) {
  let count = 0
  return <T>(key: string, answer: Result<T, Failure>, split: (value: T) => Parts = plain, path?: string): void => {
    count += 1
    const parts: Parts = answer.ok ? split(answer.value) : { facts: null, bytes: null }
    const body = parts.bytes === null ? null : `${String(count).padStart(4, '0')}-${slug(redact(key))}`
    if (body !== null && parts.bytes !== null)
      writeFileSync(join(folder, body), redactBytes(parts.bytes, redact, path), { mode: 0o600 })
    const failure = answer.ok ? null : { code: answer.error.code, detail: redact(answer.error.detail) }
    const facts: unknown = JSON.parse(JSON.stringify(parts.facts ?? null), (_, part: unknown) =>
      typeof part === 'string' ? redact(part) : part,
    )
    const call: RecordedCall = { key: redact(key), failure, facts, body }
    appendFileSync(join(folder, CALLS_FILE), `${JSON.stringify(call)}\n`)
  }
}

/** Text is redacted; bytes that are no text (signature databases) are kept as they are: latin1 maps each byte to itself. */
function redactBytes(bytes: Uint8Array, redact: Redactor, path?: string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return Buffer.from(redact(text, path), 'utf8')
  return Buffer.from(redact(Buffer.from(bytes).toString('latin1'), path), 'latin1')
}

function slug(key: string): string {
  return key.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)
}
