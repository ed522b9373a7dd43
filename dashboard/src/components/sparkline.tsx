/** Sparkline: open findings since the last visit, dot = now. Its numbers stand beside it and in its label. */
import { SCREEN_INK } from '../../../shared/charts/chart-ink.ts'
import { sparklineShapes } from '../../../shared/charts/sparkline.ts'

export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const { path, dot } = sparklineShapes({ values, visit: null })
  return (
    <svg class="spark" width="72" height="20" viewBox="0 0 72 20" role="img" aria-label={label}>
      <path d={path} fill="none" stroke={SCREEN_INK.series} stroke-width="1.4" stroke-linejoin="round" />
      {dot !== null && <circle cx={dot.x} cy={dot.y} r="2.2" fill={SCREEN_INK.ink} />}
    </svg>
  )
}
