/** Shapes that every collector builds: failed parts and the input of a parser. Pure. */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { type Failure, failed } from '../../shared/reading.ts'
import type { Contribution } from './collector.ts'

/** A contribution in which every named part failed for one reason. */
export function failParts<C extends CheckName>(
  parts: readonly PartName<C>[],
  source: string,
  failure: Failure,
): Contribution<C> {
  const readings = Object.fromEntries(parts.map((part) => [part, failed(source, failure)]))
  // Every part of every section accepts a failed reading; the compiler cannot see that through the mapped type.
  return { parts: readings as { [P in PartName<C>]?: Sections[C][P] }, samples: {} }
}

/** First line of a text that says something, cut for a detail. */
export function firstLine(text: string): string {
  const line =
    text
      .slice(0, 4_096)
      .split('\n')
      .find((one) => one.trim() !== '') ?? ''
  return line.trim().slice(0, 300)
}
