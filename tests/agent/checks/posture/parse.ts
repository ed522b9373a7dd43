/** Runs one source of the room and says its parts in short; every section is checked against its schema. Pure but for `expect`. */
import { expect } from 'vitest'
import { POSTURE_SOURCES } from '../../../../agent/checks/posture/index.ts'
import type { Platform } from '../../../../agent/probe/probe.ts'
import { sectionOf } from '../../../support/sections.ts'

type Circumstances = { readonly exitCode?: number | null; readonly stderr?: string; readonly platform?: Platform }

/** @param id of the source, without `posture/`. */
export function parsePosture(
  id: string,
  stdout: Uint8Array | string,
  { exitCode = 0, stderr = '', platform = 'linux' }: Circumstances = {},
) {
  const source = POSTURE_SOURCES.find((one) => one.id === `posture/${id}`)
  if (source === undefined) throw new Error(`no source ${id}`)
  return source.parse({ stdout: Buffer.from(stdout), stderr, exitCode, platform, now: 0 })
}

/** The value of the first part, or `{ code }` of what went wrong. */
export function told(id: string, stdout: Uint8Array | string, circumstances: Circumstances = {}): unknown {
  const parsed = parsePosture(id, stdout, circumstances)
  if (!parsed.ok) return { code: parsed.error.code }
  sectionOf<'posture'>('posture', parsed.value)
  const [part] = Object.values(parsed.value.parts)
  expect(part).toMatchObject({ state: 'value', source: `posture/${id}` })
  return part?.state === 'value' ? part.value : part
}

/** UTF-16 with a byte order mark, as Windows writes files. */
export const utf16 = (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le')
