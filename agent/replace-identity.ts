/** Enrolls a machine anew: the new identity is made beside the old one, which goes only when the server has accepted the new. Not pure (network, disk). */
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { err, type Result } from '../shared/result.ts'
import { readTextFile, syncFolder, writeFileAtomic } from './atomic-file.ts'
import { setServerUrl } from './config-edit.ts'
import { type DataFolder, dataFolderAt, openDataFolder } from './data-folder.ts'
import { type Enrolled, type EnrollFailure, type EnrollPorts, enrollMachine } from './enroll-machine.ts'

/** Errors as `enrollMachine`; the old identity then still holds. */
export async function replaceIdentity(pasted: string, ports: EnrollPorts): Promise<Result<Enrolled, EnrollFailure>> {
  const { folder } = ports
  const beside = dataFolderAt(join(folder.root, 'replacing'))
  rmSync(beside.root, { recursive: true, force: true })
  const opened = openDataFolder(beside)
  if (!opened.ok) return err({ code: 'local', sentence: opened.error })
  try {
    const enrolled = await enrollMachine(pasted, { ...ports, folder: beside })
    if (enrolled.ok) swap(folder, beside, enrolled.value.server.url)
    return enrolled
  } finally {
    rmSync(beside.root, { recursive: true, force: true })
  }
}

/** What belongs to the old identity must not reach another server: key, lease, chain, configuration and everything on the spool. */
function swap(folder: DataFolder, beside: DataFolder, url: string): void {
  for (const path of [folder.identity, folder.lease, folder.attested, folder.serverConfig])
    rmSync(path, { force: true })
  for (const room of [folder.spool, folder.shown]) {
    for (const name of readdirSync(room)) rmSync(join(room, name), { force: true })
  }
  writeFileAtomic(folder.config, setServerUrl(readTextFile(folder.config) ?? '', url), { mode: 0o600 })
  for (const name of readdirSync(beside.spool)) renameSync(join(beside.spool, name), join(folder.spool, name))
  if (readTextFile(beside.serverConfig) !== null) renameSync(beside.serverConfig, folder.serverConfig)
  renameSync(beside.key, folder.key)
  renameSync(beside.lease, folder.lease)
  renameSync(beside.identity, folder.identity)
  syncFolder(folder.keys)
  syncFolder(folder.spool)
}
