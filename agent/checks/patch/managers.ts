/** Which package manager a Linux machine is kept up to date with: by its distribution, then by what is installed. Pure. */

/** Managers of Linux that are read, with the program that each needs. */
export const LINUX_MANAGERS = ['rpm-ostree', 'apt', 'dnf', 'yum', 'zypper', 'pacman', 'apk'] as const
/** One of them. */
export type LinuxManager = (typeof LINUX_MANAGERS)[number]

const BY_FAMILY: readonly (readonly [RegExp, readonly LinuxManager[]])[] = [
  [/\b(?:debian|ubuntu)\b/, ['apt']],
  [/\b(?:suse|opensuse|sles|sled)\b|suse/, ['zypper']],
  [/\b(?:rhel|fedora|centos|rocky|almalinux|ol|amzn|mageia)\b/, ['dnf', 'yum']],
  [/\b(?:arch|manjaro|archlinux)\b/, ['pacman']],
  [/\b(?:alpine|postmarketos)\b/, ['apk']],
]

/**
 * @param release text of os-release; empty: not readable. @param found managers whose program is there.
 * @param isOstree the system is an image that rpm-ostree booted. null: none of them is there.
 */
export function chooseManager(
  release: string,
  found: ReadonlySet<LinuxManager>,
  isOstree: boolean,
): LinuxManager | null {
  if (isOstree && found.has('rpm-ostree')) return 'rpm-ostree'
  const ids = [...release.matchAll(/^(?:ID|ID_LIKE)=["']?([\w .-]{1,100})/gm)].map(([, value = '']) =>
    value.toLowerCase(),
  )
  for (const id of ids) {
    const wanted = BY_FAMILY.find(([family]) => family.test(id))?.[1] ?? []
    const there = wanted.find((manager) => found.has(manager))
    if (there !== undefined) return there
  }
  return LINUX_MANAGERS.find((manager) => manager !== 'rpm-ostree' && found.has(manager)) ?? null
}
