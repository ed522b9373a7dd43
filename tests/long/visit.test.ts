/**
 * A visit in Chromium at tablet size with a real server and agent: from planned to sent with few taps, answers that wait while the
 * connection is away, the walk list on paper, and what the client's own people see. Each page is looked at as it passes.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../server/auth/access.ts'
import { addClient } from '../../server/control/operations/clients.ts'
import { addAction } from '../../server/control/operations/visit-work.ts'
import { editVisit, planVisit, takeStep } from '../../server/control/operations/visits.ts'
import type { VisitsView, VisitView } from '../../shared/api/visits.ts'
import { describeWithBrowser, type OpenBrowser, openBrowser } from '../support/browser.ts'
import { type Composed, sure } from '../support/composed.ts'
import { smallTargets } from '../support/e2e-look.ts'
import { openPage, signIn, type WatchedPage } from '../support/e2e-page.ts'
import { countingHand, linkOf, startVisitWorld, TABLET, wrongNow } from '../support/visit-world.ts'

const CANARY = 'CANARY Brothers'
const MOST_INTERACTIONS = 12
const SHOTS = process.env['ROUNDS_SHOTS']

describeWithBrowser('a visit', () => {
  let world: Composed
  let open: OpenBrowser
  let tablet: WatchedPage
  let origin: string
  let moving: ReturnType<typeof setInterval>

  beforeAll(async () => {
    world = await startVisitWorld()
    const { services } = world.server
    const other = {
      name: CANARY,
      slug: 'canary',
      language: 'en',
      timeZone: 'Europe/Brussels',
      site: 'CANARY site',
    } as const
    sure(await addClient(services, ADMINISTRATOR, other))
    open = await openBrowser()
    origin = services.origin()
    tablet = await openPage(open.browser, origin, { ...TABLET, storageState: await signIn(open.browser, world.server) })
    // The server's clock is moved by hand; here it goes on by itself, so that pages hear of changes.
    moving = setInterval(() => void world.advance(250), 250)
  }, 120_000)
  afterAll(async () => {
    clearInterval(moving)
    await open?.close()
    await world?.stop()
  })

  async function look(page: Page, name: string): Promise<readonly string[]> {
    const found = [...(await wrongNow(page)), ...(await smallTargets(page)).map((line) => `finger: ${line}`)]
    if (SHOTS !== undefined) {
      for (const [width, scheme] of [
        [820, 'light'],
        [1440, 'dark'],
        [390, 'light'],
      ] as const) {
        await page.setViewportSize({ width, height: 1_180 })
        await page.emulateMedia({ colorScheme: scheme })
        await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true })
      }
      await page.emulateMedia({ colorScheme: null })
      await page.setViewportSize({ width: 820, height: 1_180 })
    }
    return found.map((line) => `${name}: ${line}`)
  }

  const view = async (date: string): Promise<VisitView> => world.get(`/api/v1/clients/bakery/visits/${date}`)

  it('goes from planned to sent', async () => {
    const { page } = tablet
    const hand = countingHand()
    const wrong: string[] = []
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const isAt = (state: string) => page.locator('.steps [aria-current]', { hasText: state }).waitFor()
    await page.goto(`${origin}/visits`)
    await hand.tap(button('Plan a visit…'))
    await page.getByLabel('Client').selectOption({ label: 'Bakery' })
    await hand.type(page.getByLabel('For whom'), 'Luc Aubertin')
    await hand.tap(page.getByRole('button', { name: /^Plan for / }))
    await isAt('Planned')
    const [planned] = (await world.get<VisitsView>('/api/v1/visits')).visits
    const date = planned?.date ?? ''
    await hand.tap(button('Start preparing'))
    await isAt('Preparing')
    wrong.push(...(await look(page, 'preparing')))
    await hand.tap(button('Open the visit…'))
    await hand.tap(button('Freeze and open'))
    await isAt('On site')
    wrong.push(...(await look(page, 'on-site')))
    await hand.tap(page.locator('.walk .tick').first())
    await hand.tap(page.locator('.decide').first().getByText('Do', { exact: true }))
    await hand.tap(button('Close the visit'))
    await isAt('Closing')
    wrong.push(...(await look(page, 'closing')))
    await hand.type(page.getByLabel(/^What was said and done/), '# Disk\n\n- **swapped**')
    await hand.tap(button('Send the report…'))
    await hand.tap(button('Send the report'))
    await isAt('Sent')
    wrong.push(...(await look(page, 'sent')))
    expect(wrong).toEqual([])
    expect(hand.count()).toBeLessThanOrEqual(MOST_INTERACTIONS)
    const sent = await view(date)
    expect(sent.visit).toMatchObject({ state: 'sent', revision: 1, recipient: 'Luc Aubertin' })
    expect(sent.minutes).toBe('# Disk\n\n- **swapped**')
    expect(sent.snapshot).toMatchObject({ attested: 1, machines: 1 })
    expect(sent.actions.filter(({ state }) => state === 'done').length).toBeGreaterThanOrEqual(1)
    expect(sent.recommendations[0]?.decision).toMatchObject({ answer: 'do', by: 'Luc Aubertin' })
    const file = await page.request.get(`${origin}/api/v1/clients/bakery/visits/${date}/reports/r1.pdf`)
    expect([file.status(), (await file.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    await page.goto(`${origin}/c/bakery/visits/${date}/report`)
    await page.waitForURL(/r1\.html$/)
    expect(await page.locator('body').textContent()).toContain('Luc Aubertin')
  }, 60_000)

  /** Plans a visit for a day and opens it, as another operator would. */
  async function opened(date: string): Promise<void> {
    const { services } = world.server
    const plan = { date, time: '09:00', kind: 'periodic', author: 'Hélène', recipient: 'Luc Aubertin' } as const
    sure(await planVisit(services, ADMINISTRATOR, world.client, plan))
    sure(await takeStep(services, ADMINISTRATOR, world.client, date, { version: null, step: 'open', reason: '' }))
  }

  it('keeps answers while the connection is away, and says what somebody else changed meanwhile', async () => {
    const { page } = tablet
    const date = '2030-03-05'
    await opened(date)
    await page.goto(`${origin}/c/bakery/visits/${date}`)
    const minutes = page.getByLabel(/^What was said and done/)
    await minutes.waitFor()
    await page.context().setOffline(true)
    await page.locator('.walk .tick').first().tap()
    await minutes.fill('Typed without a connection')
    await page.locator('h1').tap()
    const bar = page.locator('.unsent')
    await bar.getByText('2 not sent yet').waitFor()
    expect(await wrongNow(page)).toEqual([])
    expect((await view(date)).minutes).toBe('')
    await page.context().setOffline(false)
    await bar.getByText('not sent yet').waitFor({ state: 'detached' })
    expect(await view(date)).toMatchObject({ minutes: 'Typed without a connection' })
    expect((await view(date)).walk[0]?.done).toBe(true)

    await page.context().setOffline(true)
    await minutes.fill('Mine')
    await page.locator('h1').tap()
    await bar.getByText('1 not sent yet').waitFor()
    const theirs = {
      version: null,
      date: null,
      time: null,
      kind: null,
      author: null,
      recipient: null,
      minutes: 'Theirs',
    }
    sure(await editVisit(world.server.services, ADMINISTRATOR, world.client, date, theirs))
    await page.context().setOffline(false)
    await bar.getByText(/^Somebody changed this visit meanwhile/).waitFor()
    expect((await view(date)).minutes).toBe('Theirs')
    await bar.getByRole('button', { name: 'Send again' }).tap()
    await bar.getByText('not sent yet').waitFor({ state: 'detached' })
    expect((await view(date)).minutes).toBe('Mine')
  }, 60_000)

  it('prints a walk list of twelve things on one page', async () => {
    const { page } = tablet
    const date = '2030-03-05'
    const { services } = world.server
    const missing = 12 - (await view(date)).walk.length
    for (let at = 1; at <= missing; at += 1) {
      const action = {
        ...{
          version: null,
          text: `Look at battery ${at} of the laptop in the van: is it swollen or hot?`,
          who: 'Hélène',
        },
        ...{ dueAt: null, machineId: world.machine().id, mends: null, needsHands: true, done: false, minutes: 10 },
        note: '',
      }
      sure(await addAction(services, ADMINISTRATOR, world.client, date, action))
    }
    await page.goto(`${origin}/c/bakery/visits/${date}/walk`)
    await page.locator('.walk li').nth(11).waitFor()
    expect(await look(page, 'walk')).toEqual([])
    const pdf = await page.pdf({
      preferCSSPageSize: true,
      ...(SHOTS === undefined ? {} : { path: `${SHOTS}/walk.pdf` }),
    })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  }, 60_000)

  it('lists visits of every client, and the month that comes', async () => {
    const { page } = tablet
    await page.goto(`${origin}/visits`)
    await page.getByText('Being made').first().waitFor()
    expect(await page.locator('h1').textContent()).toContain('being made')
    expect(await look(page, 'visits')).toEqual([])
    await page.getByRole('button', { name: 'Plan a visit…' }).tap()
    await page.getByLabel('For whom').waitFor()
    expect(await look(page, 'plan')).toEqual([])
  }, 60_000)

  it('shows the client’s own people their company and nothing else', async () => {
    const { page, problems, close } = await openPage(open.browser, origin, TABLET, /status of 404/)
    await page.goto(await linkOf(world, 'viewer', 'Odile Aubertin'))
    await page.getByRole('heading', { name: 'What we ask you to decide' }).waitFor()
    expect(await look(page, 'portal')).toEqual([])
    const text = (await page.locator('body').textContent()) ?? ''
    expect(text).toContain('Everything here is yours')
    expect(text).not.toMatch(/CANARY|critical|\b(?:disk|patch|posture|system|backup|agent)\/[a-z-]+/)
    expect(await page.locator('.decide input').count()).toBe(0)
    for (const path of ['/clients', '/machines', '/findings', '/visits', '/c/canary', '/c/bakery/m/srv-01']) {
      await page.goto(`${origin}${path}`)
      await page.getByText('There is no such page, or it is not yours.').first().waitFor()
      expect(await page.content(), path).not.toContain('CANARY')
    }
    expect(problems).toEqual([])
    await close()
  }, 60_000)

  it('lets the one who may decide answer', async () => {
    const { page, problems, close } = await openPage(open.browser, origin, TABLET)
    await page.goto(await linkOf(world, 'client-admin', 'Luc Aubertin'))
    const block = page.locator('.decide', { hasText: 'No answer yet' }).first()
    const what = (await block.locator('h3').textContent()) ?? ''
    expect(await wrongNow(page)).toEqual([])
    await block.getByText('Accept the risk…').tap()
    await page.getByLabel('Reason').fill('The server goes in spring')
    expect(await look(page, 'accept')).toEqual([])
    await page.getByRole('button', { name: /^Accept until / }).tap()
    await page
      .locator('.decide', { hasText: what })
      .getByText(/^Risk accepted until .*Luc Aubertin/)
      .waitFor()
    const [all] = await Promise.all([world.server.services.store.client(world.client.client.id).recommendations()])
    const answered = all.find((one) => one.what === what)
    expect(answered?.decision).toMatchObject({
      answer: 'accept',
      by: 'Luc Aubertin',
      reason: 'The server goes in spring',
    })
    expect(problems).toEqual([])
    await close()
  }, 60_000)

  it('left nothing on the console and asked nobody else', () => {
    // The last: a report is sandboxed, so Chromium cannot key its origin as it keys those of pages.
    const isExpected = (line: string) =>
      /ERR_INTERNET_DISCONNECTED|status of 409|WebSocket connection|origin-keyed agent cluster/.test(line)
    expect(tablet.problems.filter((line) => !isExpected(line))).toEqual([])
  })
})
