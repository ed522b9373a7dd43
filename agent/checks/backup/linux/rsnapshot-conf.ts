/** /etc/rsnapshot.conf → where it logs, which level copies and where to. Pure. Fields are separated by tabs (rsnapshot 1.4). */

/** What the collector needs. null: the file does not say. */
export type RsnapshotConf = {
  readonly logFile: string | null
  /** The first `retain` (or `interval`) line, or `sync` with `sync_first`: only that level copies. */
  readonly lowest: string | null
  readonly root: string | null
}

/** Never fails: a line that is not understood says nothing. */
export function parseRsnapshotConf(text: string): RsnapshotConf {
  const rows = text.split('\n').flatMap((line) => (line.startsWith('#') ? [] : [line.slice(0, 1_000).split(/\t+/)]))
  const valueOfKey = (...keys: readonly string[]) => rows.find(([key]) => keys.includes(key ?? ''))?.[1]?.trim() ?? null
  const isSyncFirst = valueOfKey('sync_first') === '1'
  return {
    logFile: valueOfKey('logfile'),
    lowest: isSyncFirst ? 'sync' : valueOfKey('retain', 'interval'),
    root: valueOfKey('snapshot_root'),
  }
}
