/** The task of the check `antivirus`: products and what they found, on every system. I/O through the probe. */

import { MINUTE_MS } from '../../../shared/units.ts'
import type { Platform } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { failParts } from '../parts.ts'
import { clamavDatabaseSource } from './clamav-database.ts'
import { collectLinux } from './collect-linux.ts'
import { collectMacos } from './collect-macos.ts'
import { collectWindows } from './collect-windows.ts'

/** The list comes from several sources; its own names the system, by which the server knows how to judge an empty one. */
const SOURCES: { readonly [P in Platform]: string } = {
  linux: 'antivirus/products',
  win32: 'antivirus/windows-products',
  darwin: 'antivirus/macos-products',
}
const COLLECT: {
  readonly [P in Platform]: (context: CollectContext, source: string) => Promise<Contribution<'antivirus'>>
} = {
  linux: collectLinux,
  win32: collectWindows,
  darwin: collectMacos,
}

/** `antivirus/products`: every 15 minutes. */
export const productsTask: Task<'antivirus'> = {
  id: 'antivirus/products',
  check: 'antivirus',
  cadence: 'antivirus',
  parts: ['products', 'threats'],
  timeoutMs: 2 * MINUTE_MS,
  collect: async (context) => {
    const { off, probe } = context
    const source = SOURCES[probe.platform]
    // A product left out would look removed, and end the findings about it: without one source the list is not known.
    const isOff = off.has(source) || off.has('antivirus/products') || off.has(clamavDatabaseSource.id)
    if (isOff) return failParts(['products', 'threats'], source, { code: 'disabled', detail: 'switched off' })
    return COLLECT[probe.platform](context, source)
  },
}
