/** Strings from elsewhere for one line of a message: no line ends, no control or direction characters, bounded. Pure. */

/** @param most longest result in characters; what is cut off ends in an ellipsis. */
export function oneLine(text: string, most: number): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .toWellFormed()
    .trim()
  const characters = [...clean]
  return characters.length <= most ? clean : `${characters.slice(0, most - 1).join('')}…`
}
