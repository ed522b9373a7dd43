/** A number with its noun in the right form. Pure. */
import type { Formatter } from './format.ts'

/** @param one form of one. @param other form of more; `#` stands for the number in both. */
export function counted(f: Formatter, n: number, one: string, other: string): string {
  return f.plural(n, { one, other }).replace('#', f.count(n))
}
