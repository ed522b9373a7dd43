/** The shape of the dashboard's texts: every language has every key with the same arguments, or it does not compile. Types only. */
import type { ui } from './en/ui.ts'

/** Texts of the dashboard in one language. */
export type UiText = {
  readonly [K in keyof typeof ui]: (typeof ui)[K] extends (...args: infer A) => string ? (...args: A) => string : string
}
