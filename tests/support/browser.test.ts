/**
 * The packaged Chromium starts, renders, keeps its web security, and lives on its own libraries: those of NSS are mapped
 * from the package's folder, so that a machine without them is enough.
 */
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { browserAbsence, describeWithBrowser, type OpenBrowser, openBrowser } from './browser.ts'
import { describeUnless } from './loud-skip.ts'

/** Process ids of our own children, found by their parent's id and executable in /proc. */
function chromiumChildren(): readonly string[] {
  return fs.readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const parent = / (\d+) /.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \w/, ''))?.[1]
      return Number(parent) === process.pid && fs.readlinkSync(`/proc/${pid}/exe`).endsWith('/chromium')
    } catch {
      return false // ended meanwhile
    }
  })
}

const mappedLibraries = (pid: string) => [
  ...new Set(fs.readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\/\S+\/lib(?:nss3|nspr4|nssutil3)\.so\S*/g)),
]

describeWithBrowser('the browser', () => {
  let open: OpenBrowser
  beforeAll(async () => {
    open = await openBrowser()
  })
  afterAll(() => open?.close())

  it('renders a page with text', async () => {
    const page = await open.browser.newPage()
    await page.goto('data:text/html,<p style="font-size:40px;display:inline-block">Rounds</p>')
    const box = await page.locator('p').boundingBox()
    expect(await page.textContent('p')).toBe('Rounds')
    expect(box?.width).toBeGreaterThan(80)
    await page.close()
  })

  it('has its web security: another origin cannot be read', async () => {
    const server = http.createServer((_request, response) => response.end('secret'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const page = await open.browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const read = (host: string) =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            (answer) => answer.text(),
            () => 'blocked',
          ),
        `http://${host}:${port}/`,
      )
    expect(await read('127.0.0.1')).toBe('secret')
    expect(await read('localhost')).toBe('blocked')
    await page.close()
    server.close()
  })

  it('starts a second one beside the first', async () => {
    const second = await openBrowser()
    expect(second.browser.isConnected()).toBe(true)
    await second.close()
    expect(open.browser.isConnected()).toBe(true)
  })
})

const other =
  process.env['ROUNDS_CHROMIUM'] === undefined ? null : 'ROUNDS_CHROMIUM names a browser with libraries of its own'

describeUnless(browserAbsence() ?? other, 'the packaged browser', () => {
  it('lives on the NSS libraries of its package', async () => {
    const { close } = await openBrowser()
    const libraries = chromiumChildren().flatMap(mappedLibraries)
    await close()
    expect(libraries.length).toBeGreaterThanOrEqual(3)
    for (const file of libraries) expect(file).toMatch(/\/rounds-chromium-[\d.]+-\d+\/al2023\/lib\//)
  })
})
