/** Checks section bodies: their own schema by generated code, their hash by recomputing it. Pure. */
import { Compile } from 'typebox/compile'
import { SECTION_SCHEMAS, wholeSection } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { asBuffer, fromB64 } from '../../shared/protocol/bytes.ts'
import { sectionHash } from '../../shared/protocol/section-hash.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** A body that is what it claims: its hash, its JSON and the names of its samples. */
export type CheckedSection = { readonly hash: Uint8Array; readonly body: string; readonly keys: readonly string[] }

const VALIDATORS: { readonly [C in CheckName]: { Check(value: unknown): boolean } } = {
  antivirus: Compile(SECTION_SCHEMAS.antivirus),
  backup: Compile(SECTION_SCHEMAS.backup),
  disk: Compile(SECTION_SCHEMAS.disk),
  patch: Compile(SECTION_SCHEMAS.patch),
  posture: Compile(SECTION_SCHEMAS.posture),
  system: Compile(SECTION_SCHEMAS.system),
}

/** The sample keys of a body that fits its schema. */
function keysOf(body: object): readonly string[] {
  const keys: unknown = 'samples' in body ? body.samples : []
  return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
}

/** Error: constant text for the log; the link closes with 4400. Any body gives a Result. */
export function checkSection(check: CheckName, h: string, body: object): Result<CheckedSection, string> {
  if (!VALIDATORS[check].Check(wholeSection(check, body))) return err('section does not fit its schema')
  const hash = sectionHash(check, body)
  if (!hash.ok) return err('section has no canonical form')
  const claimed = fromB64(h, 32)
  if (!claimed.ok || asBuffer(hash.value).compare(claimed.value) !== 0)
    return err('section hash does not match its body')
  return ok({ hash: hash.value, body: JSON.stringify(body), keys: keysOf(body) })
}
