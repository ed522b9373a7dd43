/** Tables that tools draw with `|`, `│` or commas → cells. Pure and linear. */

/** No table of a backup tool is longer; rows beyond are not read. */
const MAX_ROWS = 20_000

/** Cells of each line that is drawn with vertical bars; lines of dashes are left out. */
export function barRows(text: string): readonly (readonly string[])[] {
  return text.split('\n', MAX_ROWS).flatMap((line) => {
    if (!/[|│┃]/.test(line) || /^[-+|│┃═╪─┼├┤┌┐└┘┬┴╞╡━╇╈ ]*$/.test(line)) return []
    const cells = line.slice(0, 2_000).split(/[|│┃]/)
    return [cells.map((cell) => cell.trim())]
  })
}

/** Position of a column by its title; -1: there is none. */
export function columnOf(head: readonly string[], title: RegExp): number {
  return head.findIndex((cell) => title.test(cell))
}
