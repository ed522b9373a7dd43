/** Schemas of the fields that several messages share: base64url of a fixed length, instants, check names. Pure. */
import { Type } from 'typebox'
import { CHECK_NAMES } from '../checks/names.ts'
import { oneOf } from '../reading.ts'

/** Base64url text of exactly `bytes` bytes; `fromB64` still checks that it is canonical. */
export const b64Of = (bytes: number) => {
  const length = Math.ceil((bytes * 8) / 6)
  return Type.String({ pattern: `^[A-Za-z0-9_-]{${length}}$`, maxLength: length })
}

/** The same, or the empty text where the bytes are absent. */
export const b64OrEmpty = (bytes: number) => {
  const length = Math.ceil((bytes * 8) / 6)
  return Type.String({ pattern: `^([A-Za-z0-9_-]{${length}})?$`, maxLength: length })
}

/** Epoch ms UTC, a safe integer from 0. */
export const instant = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** Milliseconds of a monotonic clock; fractions allowed, the zero is any moment before. */
export const monotonicMs = () => Type.Number({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** A number of the spool's one counter, from `minimum`. */
export const sequence = (minimum: 0 | 1) => Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER })

/** One of the six checks. */
export const CheckNameSchema = oneOf(CHECK_NAMES)
