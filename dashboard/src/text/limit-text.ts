/** A limit's value as people read it: sizes in GB, times in words. Pure. */
import type { RawCheckView } from '../../../shared/api/views.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import type { UiText } from '../../../shared/text/ui-text.ts'

type Limit = Pick<RawCheckView['limits'][number], 'value' | 'unit'>

/** @returns the value with its unit; a unit without a form of its own stands as it came. */
export function limitText({ value, unit }: Limit, f: Formatter, texts: UiText): string {
  if (typeof value === 'boolean') return value ? texts.limitYes : texts.limitNo
  if (typeof value === 'string') return value
  if (unit === 'bytes') return f.bytes(value)
  if (unit === 'ms') return f.span(value)
  if (unit === 'percent') return f.percent(value)
  if (unit === 'count') return f.count(value)
  return unit === 'celsius' ? `${f.count(value)}\u00a0°C` : `${f.count(value)} ${unit}`
}
