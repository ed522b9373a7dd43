/** Names of rpm packages as tools print them: `name.arch`, `name-[epoch:]version-release.arch`. Pure. */

/** Architectures of rpm (rpm 4.18, `rpmrc`): a word after the last dot that is none of these makes no package. */
const ARCH =
  /\.(?:noarch|x86_64(?:_v[234])?|i[3-6]86|aarch64|armv[5-8]\w{0,4}|ppc(?:64(?:le|p7)?)?|s390x?|riscv64|loongarch64|mips(?:64)?(?:el)?(?:r6)?|sparc(?:64|v9)?v?|ia64|alpha|athlon|src|nosrc)$/

/** A package with its version. */
export type RpmPackage = { readonly name: string; readonly version: string }

/** The name of `name.arch`; null: not one. */
export function nameOfArch(word: string): string | null {
  const arch = word.length <= 300 ? ARCH.exec(word) : null
  return arch === null || arch.index === 0 ? null : word.slice(0, arch.index)
}

/** `vim-data-2:9.2.280-1.fc42.noarch` → name and `2:9.2.280-1.fc42`; null: not one. yum 3 writes the epoch first (`2:vim-…`). */
export function parseNevra(word: string): RpmPackage | null {
  const nevr = nameOfArch(word)
  if (nevr === null) return null
  const release = nevr.lastIndexOf('-')
  const version = nevr.lastIndexOf('-', release - 1)
  if (version < 1 || (!/^\d/.test(nevr.slice(release + 1)) && !/\w/.test(nevr.slice(release + 1)))) return null
  const name = nevr.slice(0, version).replace(/^\d{1,4}:/, '')
  return name === '' ? null : { name, version: nevr.slice(version + 1) }
}

/** `[epoch:]version-release`, as dnf prints it in its own column. */
export function isEvr(word: string): boolean {
  return word.length <= 200 && /^(?:\d{1,9}:)?[\w.+~^]+-[\w.+~^]+$/.test(word)
}
