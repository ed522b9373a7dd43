/** Text that came from a machine: a text node only, direction of its own, control characters made visible, cut in the middle. */
const MAX = 48
const KEEP = 22
/** C0, C1 and the characters that turn or hide text (bidi controls, zero width). */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** @returns the text with every hidden character shown as its code point. Pure. */
export function makeVisible(text: string): string {
  return text.replace(HIDDEN, (c) => `\u27e8${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`)
}

/** @returns at most 48 characters, the middle replaced. Pure. */
export function cutMiddle(text: string): string {
  return text.length <= MAX ? text : `${text.slice(0, KEEP)}…${text.slice(-KEEP)}`
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
