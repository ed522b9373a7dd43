/**
 * The folder of sent reports: `data/clients/<id>/reports/<name>.pdf`, `.html` and `.evidence.json`. A file appears whole or not at all
 * (written beside, synced, linked), and one that is there is never written again.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { RenderedReport } from './report-port.ts'

/** File name endings of a report's files. */
export const REPORT_FILES = { manifest: 'evidence.json', html: 'html', pdf: 'pdf' } as const
/** One of the files of a report. */
export type ReportFile = keyof typeof REPORT_FILES

const NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,120}$/
const PART = /^\.[0-9A-Za-z._-]+\.part$/
const KINDS: readonly ReportFile[] = ['manifest', 'html', 'pdf']

/** One per data folder. */
export class ReportShelf {
  readonly #dataFolder: string
  readonly #onStep: (step: string) => void

  /** @param onStep called before each step that changes the folder; tests end the work there as a crash would. */
  constructor(dataFolder: string, onStep: (step: string) => void = () => {}) {
    this.#dataFolder = dataFolder
    this.#onStep = onStep
  }

  #folder(clientId: string): string {
    if (!NAME.test(clientId)) throw new Error('report shelf: not the id of a client')
    return path.join(this.#dataFolder, 'clients', clientId, 'reports')
  }

  #file(clientId: string, name: string, kind: ReportFile): string {
    if (!NAME.test(name)) throw new Error('report shelf: not the name of a report')
    return path.join(this.#folder(clientId), `${name}.${REPORT_FILES[kind]}`)
  }

  /**
   * Puts the files of a revision that the store does not know as sent. Files of that name that are there all the same were left by a
   * crash before the store knew of them, or by a store that was put back to an older day: they are set aside, never overwritten.
   */
  async put(clientId: string, name: string, files: RenderedReport): Promise<void> {
    const folder = this.#folder(clientId)
    await this.#make(folder)
    await this.#tidy(folder)
    const parts = new Map<ReportFile, string>()
    for (const kind of KINDS) parts.set(kind, await this.#writePart(folder, name, kind, files[kind]))
    await this.#setAside(clientId, name)
    for (const [kind, part] of parts) {
      this.#onStep(`link ${kind}`)
      await link(part, this.#file(clientId, name, kind))
      await unlink(part)
    }
    this.#onStep('sync folder')
    await syncFolder(folder)
  }

  /** Makes the folder with those above it; a power cut takes none of them. A folder is a name in its parent, which is synced for it. */
  async #make(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (first === undefined) return
    const made = [folder]
    for (let at = folder; at !== first && at !== this.#dataFolder; at = path.dirname(at)) made.unshift(path.dirname(at))
    for (const one of made) {
      this.#onStep(`sync parent of ${path.relative(this.#dataFolder, one).replaceAll(path.sep, '/')}`)
      await syncFolder(path.dirname(one))
    }
  }

  async #writePart(folder: string, name: string, kind: ReportFile, bytes: Uint8Array): Promise<string> {
    const part = path.join(folder, `.${name}.${REPORT_FILES[kind]}.${randomBytes(6).toString('hex')}.part`)
    this.#onStep(`write ${kind}`)
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    return part
  }

  /** Parts that a crash left behind. */
  async #tidy(folder: string): Promise<void> {
    for (const entry of await readdir(folder)) if (PART.test(entry)) await rm(path.join(folder, entry), { force: true })
  }

  async #setAside(clientId: string, name: string): Promise<void> {
    const mark = randomBytes(6).toString('hex')
    for (const kind of KINDS) {
      const file = this.#file(clientId, name, kind)
      const aside = this.#file(clientId, `${name}.unsent-${mark}`, kind)
      await rename(file, aside).catch((error: unknown) => {
        if (!isAbsent(error)) throw error
      })
    }
  }

  /** @returns the file as it was sent; null: it is not there. */
  async read(clientId: string, name: string, kind: ReportFile): Promise<Buffer | null> {
    try {
      return await readFile(this.#file(clientId, name, kind))
    } catch (error) {
      if (isAbsent(error)) return null
      throw error
    }
  }
}

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** A new name is durable when its folder is; Windows has no such call and keeps names by its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
