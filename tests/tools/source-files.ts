/**
 * The files of the project as the house tests see them. Reads the tree (not pure), without git, so that it works in an
 * unpacked archive and sees files not committed yet.
 */
import fs from 'node:fs'
import path from 'node:path'

/** One text file: `path` from the project's root with forward slashes, and its whole text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The project's root. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** What `.gitignore` names, and recordings and goldens, which follow the rules of the tools that wrote them. */
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'data', 'data-demo', 'coverage', '.setup-lock'])
const RECORDED = ['tests/fixtures', 'tests/golden']
const FOLDERS = ['agent', 'server', 'shared', 'dashboard', 'tests', '.ci']
/** The folders whose code ships or tests what ships. */
export const CODE = /\.(?:ts|tsx|mjs)$/

function listFolder(folder: string, into: string[]): void {
  for (const entry of fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`
    if (SKIPPED.has(entry.name) || RECORDED.includes(file)) continue
    if (entry.isDirectory()) listFolder(file, into)
    else if (entry.isFile()) into.push(file)
  }
}

/** Paths of all files of the project (recordings and goldens left out), sorted. */
export function listFiles(): readonly string[] {
  const files = fs.readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
  for (const folder of FOLDERS) if (fs.existsSync(path.join(ROOT, folder))) listFolder(folder, files)
  return files.filter((file) => !file.endsWith('.log') && file !== '.DS_Store').sort()
}

/** Reads those of the project's files whose path matches. */
export function readFiles(matching: RegExp): readonly SourceFile[] {
  return listFiles().flatMap((file) => {
    // A file may vanish between listing and reading, while somebody works in the tree.
    const text = matching.test(file) ? readText(file) : null
    return text === null ? [] : [{ path: file, text }]
  })
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(path.join(ROOT, file), 'utf8')
  } catch {
    return null
  }
}
