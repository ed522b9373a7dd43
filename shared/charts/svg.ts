/** Small pieces of SVG text: escaping and rounding. Pure. */

const ENTITIES: { readonly [c: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** @returns the text as XML character data or attribute value; what XML 1.0 cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)
}

/** @returns the number with at most one decimal: one tenth of a unit is below what paper shows. Not finite: 0. */
export function tenth(n: number): number {
  return Number.isFinite(n) ? Math.round(n * 10) / 10 : 0
}

/** A drawing of `width` by `height` units as one SVG element; `label` is what it says in words. */
export function svg(kind: string, width: number, height: number, label: string, content: string): string {
  const size = `width="${tenth(width)}" height="${tenth(height)}" viewBox="0 0 ${tenth(width)} ${tenth(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${kind}" ${size} role="img" aria-label="${escapeXml(label)}">${content}</svg>`
}
