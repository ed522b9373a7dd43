/** Reading: what one attempt to learn something said. "Could not tell" is its own outcome with a reason. Pure. */
import { type TSchema, Type } from 'typebox'
import { REASON_CODES, type ReasonCode } from './reason-codes.ts'

export { REASON_CODES, type ReasonCode }

/** What a failed reading carries: the code for rules, the detail (≤ 500 characters, hostile) for people. */
export type Failure = { readonly code: ReasonCode; readonly detail: string }

/**
 * A reading of `T`, with the source that was asked (`disk/smartctl`).
 * `failed`: asked, could not tell, and why. `never`: nobody asked yet, or no source exists here.
 */
export type Reading<T> =
  | { readonly state: 'value'; readonly source: string; readonly value: T }
  | { readonly state: 'failed'; readonly source: string; readonly code: ReasonCode; readonly detail: string }
  | { readonly state: 'never' }

/** Nothing was asked. */
export const NEVER = { state: 'never' } as const

/** Something was read. @param source id such as `disk/mdstat`. */
export function read<T>(source: string, value: T): Reading<T> {
  return { state: 'value', source, value }
}

/** Something was asked and could not be told. `detail` is cut to 500 characters. */
export function failed(source: string, failure: Failure): Extract<Reading<never>, { state: 'failed' }> {
  return { state: 'failed', source, code: failure.code, detail: failure.detail.slice(0, 500) }
}

/** Text from a PC: capped in length, hostile in every sink. */
export const text = (maxLength = 256) => Type.String({ maxLength })

/** A count, a size in bytes or an instant: a safe integer from 0. */
export const count = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** `T` or null, where null means: the source did not say. */
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An object that accepts no key but its own. */
export const strict = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** One of a closed list of words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>(Type.Union(words.map((word) => Type.Literal(word))))

/** The reason codes as a schema. */
export const ReasonCodeSchema = oneOf(REASON_CODES)

/** `Reading<T>` as a schema: the shape of every part of a section. */
export const readingOf = <T extends TSchema>(value: T) =>
  Type.Union([
    strict({ state: Type.Literal('value'), source: text(64), value }),
    strict({ state: Type.Literal('failed'), source: text(64), code: ReasonCodeSchema, detail: text(500) }),
    strict({ state: Type.Literal('never') }),
  ])
