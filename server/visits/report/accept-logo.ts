/** Which images may be an operator's logo. Pure. */
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ReportLogo } from './visit-report.ts'

/** `size`: above 200 kB; `type`: neither PNG nor SVG; `active`: an SVG that holds scripts, styles, links, text or other images. */
export type LogoError = 'size' | 'type' | 'active'

const MAX_BYTES = 200_000
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Shapes and paints only: what runs, loads or needs a font is no part of a logo. */
const ELEMENTS =
  /^(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon|defs|title|desc|linearGradient|radialGradient|stop|clipPath)$/
const ACTIVE = /<!|<\?(?!xml[\s?])|\bon[a-z]+\s*=|(?:href|src)\s*=\s*["']?(?!#)|url\(\s*["']?(?!#)|style\s*=|&/i

/** @returns the image as the report carries it. */
export function acceptLogo(bytes: Uint8Array, alt: string): Result<ReportLogo, LogoError> {
  if (bytes.length > MAX_BYTES) return err('size')
  const base64 = Buffer.from(bytes).toString('base64')
  if (PNG.every((byte, i) => bytes[i] === byte)) return ok({ mediaType: 'image/png', base64, alt })
  const text = Buffer.from(bytes).toString('utf8')
  if (!/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(text)) return err('type')
  const names = [...text.matchAll(/<\/?([a-z][\w:-]*)/gi)].map(([, name = '']) => name)
  if (ACTIVE.test(text) || !names.every((name) => ELEMENTS.test(name))) return err('active')
  return ok({ mediaType: 'image/svg+xml', base64, alt })
}
