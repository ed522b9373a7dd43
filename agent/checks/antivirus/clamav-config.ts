/** clamd.conf and freshclam.conf → where the socket and the databases are. Pure. */

/** Settings that matter here; null: not set, the default holds. Only absolute paths are taken. */
export type ClamavConfig = { readonly localSocket: string | null; readonly databaseFolder: string | null }

/** Where distributions keep clamd.conf (Debian, Red Hat, upstream). */
export const CLAMD_CONFIGS = [
  '/etc/clamav/clamd.conf',
  '/etc/clamd.d/scan.conf',
  '/etc/clamd.conf',
  '/usr/local/etc/clamd.conf',
] as const
/** Sockets tried when the configuration names none. */
export const CLAMD_SOCKETS = ['/run/clamav/clamd.ctl', '/run/clamd.scan/clamd.sock', '/run/clamav/clamd.sock'] as const
/** Folder of the databases unless the configuration names another. */
export const DATABASE_FOLDER = '/var/lib/clamav'

/** `Key value` lines; a `#` starts a comment. The first value of a key stands, as in clamd. */
export function parseClamavConfig(text: string): ClamavConfig {
  const pathOf = (key: string) => {
    const value = new RegExp(`^${key}[ \\t]+"?(/[^"#\\n]{1,200})`, 'm').exec(text)?.[1]?.trim()
    return value === undefined || value.includes('/../') ? null : value
  }
  return { localSocket: pathOf('LocalSocket'), databaseFolder: pathOf('DatabaseDirectory') }
}
