/** The operator's colour where it may stand: in rules and the number column (ui.md 12). Pure. */

/** Ink of the report. */
export const INK = '#191b1d'
const LEAST_CONTRAST = 4.5

/** Relative luminance of one channel of 0 to 255 (WCAG 2.2). */
function luminance(channel: number): number {
  const c = channel / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

function contrastOnWhite([r = 0, g = 0, b = 0]: readonly number[]): number {
  return 1.05 / (0.2126 * luminance(r) + 0.7152 * luminance(g) + 0.0722 * luminance(b) + 0.05)
}

/** @returns `#rrggbb`, darkened until it reads on white at 4.5:1; ink for null and for anything that is no such colour. */
export function operatorColor(color: string | null): string {
  if (color === null || !/^#[0-9a-f]{6}$/i.test(color)) return INK
  let channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  while (contrastOnWhite(channels) < LEAST_CONTRAST) channels = channels.map((channel) => Math.floor(channel * 0.95))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
