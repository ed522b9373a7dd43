/** What could not be read, on the page of the machine: never a green mark, never the word Good, always the hatched row. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CheckName } from '../../shared/checks/names.ts'
import { failed, NEVER } from '../../shared/reading.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { describeWithBrowser, type OpenBrowser, openBrowser } from '../support/browser.ts'
import { type Composed, startComposed } from '../support/composed.ts'
import { openPage, signIn, type WatchedPage } from '../support/e2e-page.ts'
import { healthyScript, type Script, scriptedTasks } from '../support/e2e-script.ts'
import { fakeProbe } from '../support/fake-probe.ts'

/** Order of the panels on the page. */
const PANELS: readonly CheckName[] = ['backup', 'disk', 'patch', 'antivirus', 'posture', 'system']
const why = (code: Parameters<typeof failed>[1]['code']) => failed('test/source', { code, detail: 'made by a test' })
const CASES: readonly (readonly [check: CheckName, part: string, reading: object])[] = [
  ['disk', 'drives', why('access-denied')],
  ['disk', 'volumes', why('hung')],
  ['backup', 'jobs', why('locked')],
  ['backup', 'holdsData', NEVER],
  ['patch', 'updates', why('timeout')],
  ['patch', 'reboot', NEVER],
  ['antivirus', 'products', why('tool-missing')],
  ['posture', 'firewall', why('parse')],
  ['posture', 'sshd', why('unsupported')],
  ['system', 'boot', why('needs-history')],
]

describeWithBrowser('the page of a machine with something unread', () => {
  let script: Script
  let world: Composed
  let open: OpenBrowser
  let watched: WatchedPage
  let address: string

  beforeAll(async () => {
    // Cookies live by the browser's clock, so this world begins now.
    const start = Date.now()
    script = healthyScript(start)
    world = await startComposed({
      tasks: scriptedTasks(script),
      probe: fakeProbe({}),
      start,
      tickEveryMs: SECOND_MS,
    })
    await world.setPolicy('cadence.capacityMs', SECOND_MS)
    await world.advance(3 * SECOND_MS)
    open = await openBrowser()
    const origin = world.server.services.origin()
    address = `${origin}/c/${world.client.client.slug}/m/${world.machine().slug}`
    watched = await openPage(open.browser, origin, { storageState: await signIn(open.browser, world.server) })
  })
  afterAll(async () => {
    await open?.close()
    await world?.stop()
  })

  const panelOf = (check: CheckName) =>
    watched.page.locator('section[aria-labelledby=facts] details.chk').nth(PANELS.indexOf(check))

  it('has green marks while everything is read', async () => {
    await watched.page.goto(address)
    for (const check of PANELS) {
      const panel = panelOf(check)
      await panel.waitFor()
      expect(await panel.locator('summary .sev').textContent(), check).toBe('Good')
      expect(await panel.locator('.mk-good').count(), check).toBe(1)
      expect(await panel.locator('.fact.gap').count(), check).toBe(0)
    }
    expect(watched.problems).toEqual([])
  })

  it.each(CASES)('%s %s', async (check, part, reading) => {
    const parts: { [part: string]: unknown } = script.parts[check]
    const healthy = parts[part]
    parts[part] = reading
    await world.advance(1_700)
    await watched.page.goto(address)
    const panel = panelOf(check)
    await panel.locator('.fact.gap').first().waitFor()
    expect(await panel.locator('summary .sev').textContent()).not.toContain('Good')
    expect(await panel.locator('.is-good, .mk-good').count()).toBe(0)
    expect(await panel.getAttribute('open'), 'what is not proven is unfolded').not.toBeNull()
    expect(await panel.locator('.fact.gap .is-unknown').first().textContent()).toMatch(/^(?:Could not tell|Never read)/)
    expect(await watched.page.title()).not.toContain('Good')
    expect(await watched.page.locator('header.head .is-good, header.head .mk-good').count()).toBe(0)
    expect(watched.problems).toEqual([])
    parts[part] = healthy
  })
})
