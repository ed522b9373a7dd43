/** Names of the jobs that one watch turned out to hold. Pure. */

/** One job keeps the name of its watch; several add what tells them apart, numbered where that is the same. */
export function distinctNames(watch: string, labels: readonly string[]): readonly string[] {
  if (labels.length < 2) return labels.map(() => watch)
  const seen = new Map<string, number>()
  return labels.map((label) => {
    const name = `${watch} ${label}`.slice(0, 90)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} ${times}`
  })
}
