/**
 * Every page, light and dark, on a phone, a tablet and a laptop: axe-core finds nothing, nothing sticks out, times are exact, and
 * names that attack are shown as what they are. One browser and one server for all of it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../server/auth/access.ts'
import { newCode } from '../../server/control/operations/codes.ts'
import { read } from '../../shared/reading.ts'
import { GB, SECOND_MS } from '../../shared/units.ts'
import { aDrive, aVolume, HEALTHY } from '../server/assess/sections.ts'
import { describeWithBrowser, type OpenBrowser, openBrowser } from '../support/browser.ts'
import { type Composed, startComposed, sure } from '../support/composed.ts'
import { axeViolations, overflowing, smallTargets, vagueTimes } from '../support/e2e-look.ts'
import { openPage, signIn, type WatchedPage } from '../support/e2e-page.ts'
import { healthyScript, scriptedTasks } from '../support/e2e-script.ts'
import { FakeAgent } from '../support/fake-agent.ts'
import { fakeProbe } from '../support/fake-probe.ts'

const SCRIPT = '<script>alert(1)</script>'
const IMAGE = '"><img src=x onerror=alert(1)>'
const LONG = `/${'verylongname'.repeat(17)}`
/** Turns the rest of a line around: cod.exe reads exe.doc. */
const TURNED = 'TURNED\u202egpj.exe'

const WIDTHS = [1440, 820, 390] as const
const NARROWEST = 320
const THEMES = ['light', 'dark'] as const

/** A server with names that attack, full volumes, and something unread. */
function hostileScript(start: number) {
  const script = healthyScript(start)
  const full = read('disk/statfs', { totalBytes: 100 * GB, inodesTotal: 1_000_000 })
  const mounts = ['/', `/srv/${SCRIPT}`, LONG, `/mnt/${TURNED}`]
  script.parts.disk = {
    ...script.parts.disk,
    drives: read('disk/smartctl', [
      aDrive({ key: `${IMAGE}/1`, model: IMAGE }, { passed: false, pendingSectors: 24 }),
      aDrive({
        key: 'B/2',
        model: TURNED,
        smart: { state: 'failed', source: 'disk/smartctl', code: 'access-denied', detail: SCRIPT },
      }),
    ]),
    volumes: read(
      'disk/volumes',
      mounts.map((mount) => aVolume({ mount, device: SCRIPT, system: mount === '/', size: full })),
    ),
  }
  script.samples.disk = Object.fromEntries(
    mounts.flatMap((mount) => [
      [`volume:${mount}:usedBytes`, 97 * GB],
      [`volume:${mount}:availableBytes`, 3 * GB],
      [`volume:${mount}:inodesFree`, 900_000],
    ]),
  )
  const { hardware, os } = HEALTHY.system
  if (hardware.state !== 'value' || os.state !== 'value') throw new Error('the healthy server tells what it is')
  script.parts.system = {
    ...script.parts.system,
    hardware: { ...hardware, value: { ...hardware.value, model: `${IMAGE}${TURNED}`, vendor: SCRIPT } },
    os: { ...os, value: { ...os.value, name: `Debian ${SCRIPT}` } },
  }
  script.parts.posture = { ...script.parts.posture, sshd: { state: 'never' } }
  return script
}

describeWithBrowser('every page', () => {
  let world: Composed
  let open: OpenBrowser
  let watched: WatchedPage
  let touched: WatchedPage
  let origin: string

  beforeAll(async () => {
    const start = Date.now()
    world = await startComposed({ tasks: scriptedTasks(hostileScript(start)), probe: fakeProbe({}), start })
    open = await openBrowser()
    origin = world.server.services.origin()
    const session = { storageState: await signIn(open.browser, world.server) }
    watched = await openPage(open.browser, origin, session)
    const phone = { ...session, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    touched = await openPage(open.browser, origin, phone)
  }, 120_000)
  afterAll(async () => {
    await open?.close()
    await world?.stop()
  })

  const ready = (page: WatchedPage['page'], path: string) =>
    page.goto(`${origin}${path}`).then(() => page.locator('h1').first().waitFor())

  /** One load for all themes and widths: what is looked at is the style sheet, not the loading. */
  async function wrongWith({ page }: WatchedPage): Promise<readonly string[]> {
    const found: string[] = [...(await vagueTimes(page))]
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme })
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        // Structure does not depend on the theme; colors do.
        const rules = theme === 'light' ? null : ['color-contrast']
        const wrong = [...(await axeViolations(page, rules)), ...(await overflowing(page))]
        found.push(...wrong.map((line) => `${theme} ${width}: ${line}`))
      }
    }
    await page.setViewportSize({ width: NARROWEST, height: 900 })
    found.push(...(await overflowing(page)).map((line) => `${NARROWEST}: ${line}`))
    return found
  }

  async function look(path: string): Promise<readonly string[]> {
    await watched.page.setViewportSize({ width: WIDTHS[0], height: 900 })
    await ready(watched.page, path)
    await watched.page.evaluate(() => {
      for (const details of document.querySelectorAll('main details')) details.setAttribute('open', '')
    })
    const found = await wrongWith(watched)
    await ready(touched.page, path)
    return [...found, ...(await smallTargets(touched.page)).map((line) => `finger: ${line}`)]
  }

  it('sign in', async () => {
    const stranger = await openPage(open.browser, origin, {}, /status of 401/)
    await ready(stranger.page, '/')
    expect(await wrongWith(stranger)).toEqual([])
    expect(stranger.problems).toEqual([])
    await stranger.close()
  })

  it('Today on the first run', async () => {
    expect(await look('/')).toEqual([])
    expect(await watched.page.locator('main').textContent()).toContain('Add the next machine')
  }, 60_000)

  it('Today with more machines', async () => {
    const { services } = world.server
    const order = { site: null, role: null, machineName: null, url: world.server.machineOrigin() }
    const { text } = sure(await newCode(services, ADMINISTRATOR, world.client, order))
    const agent = new FakeAgent({ code: text, hostname: `${IMAGE}${TURNED}` })
    await agent.connect()
    agent.produce()
    agent.pump()
    await world.advance(3 * SECOND_MS)
    expect(await look('/')).toEqual([])
    const main = await watched.page.locator('main').textContent()
    expect(main).not.toContain('Add the next machine')
    expect(main).toContain('Clients, worst first')
  }, 60_000)

  const machine = '/c/bakery/m/srv-01'
  it.each([
    ['a machine', machine],
    ['raw values of a check', `${machine}/disk`],
    ['machines', '/machines'],
    ['findings', '/findings'],
    ['clients', '/clients'],
    ['a client', '/c/bakery'],
    ['its backups', '/c/bakery/backup'],
    ['its findings', '/c/bakery/findings'],
    ['a finding', '/c/bakery/f/1'],
    ['people', '/settings/people'],
    ['channels', '/settings/channels'],
    ['agents', '/settings/agents'],
    ['policies', '/settings/policies'],
    ['this server', '/settings/server'],
    ['a page that is not there', '/settings/nothing'],
    ['a machine that is not there', '/c/bakery/m/nobody'],
  ])('%s', async (_, path) => expect(await look(path)).toEqual([]), 60_000)

  it('shows names that attack as what they are', async () => {
    const { page } = watched
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const [path, wanted] of [
      [machine, [SCRIPT, IMAGE, '⟨202E⟩']],
      [`${machine}/disk`, [SCRIPT, IMAGE, '⟨202E⟩']],
      ['/machines', [IMAGE]],
      ['/c/bakery', [SCRIPT, IMAGE, '⟨202E⟩']],
      ['/c/bakery/findings', [SCRIPT, '⟨202E⟩']],
      ['/settings/agents', [IMAGE]],
      ['/findings', [SCRIPT, '⟨202E⟩']],
    ] as const) {
      await ready(page, path)
      const main = (await page.locator('main').textContent()) ?? ''
      for (const text of wanted) expect(main, path).toContain(text)
      expect(main, path).not.toContain('\u202e')
      expect(await page.locator('main script, main img').count(), path).toBe(0)
      expect(await page.evaluate(() => document.scripts.length)).toBe(1)
    }
  })

  it('left nothing on the console, opened no dialog and asked nobody else', () => {
    expect([...watched.problems, ...touched.problems].filter((line) => !/status of 404/.test(line))).toEqual([])
  })
})
