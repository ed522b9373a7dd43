/** One output of a tool and what it says. Pure. */
import type { Circumstances } from './parse.ts'

/** `want`: the first product; a number of products; or the failure. */
export type Case = readonly [
  name: string,
  id: string,
  text: string,
  want: object | number,
  circumstances?: Circumstances,
]

/** `name : value` of each. */
export const lines = (values: object, separator = ' : ') =>
  Object.entries(values)
    .map(([key, value]) => `${key}${separator}${value}`)
    .join('\n')

/** The same as named fields. */
export const named = (cases: readonly Case[]) =>
  cases.map(([name, id, text, want, circumstances = {}]) => ({ name, id, text, want, circumstances }))
