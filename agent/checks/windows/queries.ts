/** Every question to Windows, check by check: what the scripts are made of. Pure data. */
import type { WindowsQuery } from './query.ts'

/** All questions; a block's name is told once. */
export const WINDOWS_QUERIES: readonly WindowsQuery[] = []
