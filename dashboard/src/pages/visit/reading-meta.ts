/** What stands beside the heading of a part: its reading time, and a remark. Pure. */
import type { Formatter } from '../../../../shared/text/format.ts'
import type { VisitsText } from '../../../../shared/text/visits-text.ts'

/** @returns `3 min · remark`; a part with nothing in it takes no time. */
export function readingMeta(minutes: number, remark: string, texts: VisitsText, f: Formatter): string {
  return [minutes === 0 ? '' : texts.minutes(minutes, f), remark].filter((part) => part !== '').join(' · ')
}
