/** Text that came from a machine: a text node only, direction of its own, control characters made visible, cut in the middle. */
const MAX = 48
const KEEP = 22
/**
 * What turns or hides text: control and format characters (bidi, zero width, soft hyphen, tags), line separators, halves of pairs, and
 * the letters that look like nothing (Hangul fillers, the empty Braille cell).
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu

/** @returns the text with every hidden character shown as its code point. Pure. */
export function makeVisible(text: string): string {
  return text.replace(
    HIDDEN,
    (c) => `\u27e8${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
  )
}

/** @returns at most 48 characters, the middle replaced; a character of two units is one and stays whole. Pure. */
export function cutMiddle(text: string): string {
  const all = Array.from(text)
  return all.length <= MAX ? text : `${all.slice(0, KEEP).join('')}…${all.slice(-KEEP).join('')}`
}

/** `whole`: never cut (a page that is about this very text). */
export function Given({ text, whole = false }: { text: string; whole?: boolean }) {
  const visible = makeVisible(text)
  const cut = whole ? visible : cutMiddle(visible)
  return (
    <bdi dir="auto" {...(cut === visible ? {} : { title: visible })}>
      {cut}
    </bdi>
  )
}
