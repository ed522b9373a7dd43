/** Making enrollment codes: the text for a person, and the row for the hub, which holds no secret in clear. */
import { toHex } from '../../shared/protocol/bytes.ts'
import { encodeCode } from '../../shared/protocol/code.ts'
import { randomBytes } from '../../shared/protocol/crypto.ts'
import { codeKey } from '../../shared/protocol/transcript.ts'
import type { Code } from '../store/store.ts'
import type { ServerKeys } from './server-keys.ts'

/** What the maker decides. `url`: the address that agents dial. */
export type CodeOrder = Omit<Code, 'codeId' | 'wrappedKey'> & { readonly url: string }

/** Purpose under which a code's key is wrapped. */
export function codePurpose(codeId: Uint8Array): string {
  return `code:${toHex(codeId)}`
}

/** @returns the text to hand over (shown once, never stored) and the row for `hub.addCode`. */
export function makeCode(keys: ServerKeys, order: CodeOrder): { readonly text: string; readonly code: Code } {
  const codeId = randomBytes(8)
  const secret = randomBytes(16)
  const { url, ...row } = order
  const text = encodeCode({ url, codeId, secret, pinS: keys.pinS, pinR: keys.pinR })
  return { text, code: { ...row, codeId, wrappedKey: keys.wrap(codeKey(secret), codePurpose(codeId)) } }
}
