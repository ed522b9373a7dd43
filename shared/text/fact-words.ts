/** How the texts of the facts are put together, in any language. Pure. */

/** Parts that were told, with a middle dot between them; null, false and '' are left out. */
export function joinParts(...all: readonly (string | null | false)[]): string {
  return all.filter((part) => part !== null && part !== false && part !== '').join(' · ')
}

/** @returns the words for a flag; `unknown` when the source did not say. */
export function sayYesNo(
  value: 'yes' | 'no' | null,
  whenYes: string,
  whenNo: string,
  unknown: string | null,
): string | null {
  return value === 'yes' ? whenYes : value === 'no' ? whenNo : unknown
}

/** @returns the text of a closed word; one that a newer agent sends stands as it is. */
export function wordOf(words: { readonly [word: string]: string }, word: string | null): string | null {
  return word === null ? null : (words[word] ?? word)
}
