/**
 * One hundred texts that attack, as models and jobs that a real agent reports and as everything that a person types, on every page that
 * shows them: Chromium opens no dialog, refuses nothing, asks nobody else, and shows the text as what it is. Other widths and pages:
 * pages.test.ts; mail, webhook, PDF and HTML: tests/server.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeVisible } from '../../dashboard/src/components/given.tsx'
import { ADMINISTRATOR } from '../../server/auth/access.ts'
import { addChannel } from '../../server/control/operations/channels.ts'
import { addClient } from '../../server/control/operations/clients.ts'
import { placeMachine } from '../../server/control/operations/machines.ts'
import { changeOperator } from '../../server/control/operations/operator.ts'
import { addPerson } from '../../server/control/operations/people.ts'
import { addAction, recordRestore, writeRecommendation } from '../../server/control/operations/visit-work.ts'
import { editVisit, planVisit, takeStep } from '../../server/control/operations/visits.ts'
import { read } from '../../shared/reading.ts'
import { HOUR_MS } from '../../shared/units.ts'
import { aDrive, aJob } from '../server/assess/sections.ts'
import { describeWithBrowser, type OpenBrowser, openBrowser } from '../support/browser.ts'
import { type Composed, startComposed, sure } from '../support/composed.ts'
import { openPage, signIn, type WatchedPage } from '../support/e2e-page.ts'
import { healthyScript, scriptedTasks } from '../support/e2e-script.ts'
import { fakeProbe } from '../support/fake-probe.ts'
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts'
import { linkOf } from '../support/visit-world.ts'

const TEXTS = HOSTILE_TEXTS.map((text) => text.toWellFormed())
const [MARKUP = '', IMAGE = ''] = TEXTS
const MOST_JOBS = 64
const DATE = '2030-04-02'
const NEXT = '2030-07-02'
/** What would not be text: nothing of it is in a page's content. */
const NOT_TEXT = 'script, img, iframe, object, embed, base, meta, link, style'
/** Turns, hides or commands; shown as its code point instead. */
const HIDING = /[\u202e\u2066\u0000\u001b\u0007\u{e0041}]/u
/** Chromium says of the sandboxed report that it cannot key its origin as it keys those of pages. */
const EXPECTED = /origin-keyed agent cluster/

/** So many disks are failing, and jobs failed: findings are about them. One more costs time on every page. */
const BAD = 12

/** A machine whose disks and jobs are called like that. */
function hostileScript(start: number) {
  const script = healthyScript(start)
  const status = (at: number) =>
    read('backup/restic', { lastResult: at < BAD ? 'failed' : 'success', copies: 3, tooSmall: false } as const)
  const drives = TEXTS.map((text, at) =>
    aDrive({ key: `${text}/${at}`, model: text, serial: text }, { passed: at >= BAD }),
  )
  const jobs = TEXTS.slice(0, MOST_JOBS).map((text, at) =>
    aJob({ id: `restic:${text}${at}`, name: text, status: status(at) }),
  )
  script.parts.disk = { ...script.parts.disk, drives: read('disk/smartctl', drives) }
  script.parts.backup = { ...script.parts.backup, jobs: read('backup/restic', jobs) }
  script.samples.disk = {}
  script.samples.backup = {}
  return script
}

/** Everything that somebody can type into a visit, and the visit after it. */
async function typeVisit({ server, client, machine }: Composed): Promise<void> {
  const { services } = server
  const version = null
  const typed = { author: IMAGE, recipient: MARKUP }
  for (const date of [DATE, NEXT])
    sure(await planVisit(services, ADMINISTRATOR, client, { date, time: '09:00', kind: 'periodic', ...typed }))
  sure(await takeStep(services, ADMINISTRATOR, client, DATE, { version, step: 'open', reason: '' }))
  for (const text of TEXTS) {
    const order = { text, who: text, note: text, dueAt: null, machineId: machine().id, mends: null, minutes: null }
    sure(await addAction(services, ADMINISTRATOR, client, DATE, { ...order, version, needsHands: true, done: false }))
  }
  const said = { what: MARKUP, why: TEXTS.join('\n').slice(0, 2_000), otherwise: IMAGE, owner: IMAGE }
  const costs = { urgency: 'now', rank: 1, effortMinutes: 5, costLow: 1, costHigh: 2, dueAt: null } as const
  const advice = { ...said, ...costs, about: [], version }
  sure(await writeRecommendation(services, ADMINISTRATOR, client, DATE, null, advice))
  const restored = { machineId: machine().id, job: '', at: null, durationMs: HOUR_MS, isUsable: true, version }
  const notes = { what: MARKUP, fromCopy: IMAGE, watchedBy: MARKUP, note: IMAGE }
  sure(await recordRestore(services, ADMINISTRATOR, client, DATE, { ...restored, ...notes }))
  const nothing = { date: null, time: null, kind: null, author: null, recipient: null, version }
  sure(await takeStep(services, ADMINISTRATOR, client, DATE, { version, step: 'close', reason: '' }))
  sure(await editVisit(services, ADMINISTRATOR, client, DATE, { ...nothing, minutes: TEXTS.join('\n\n') }))
}

/** Names that are typed in settings. */
async function typeSettings({ server, client, machine }: Composed): Promise<void> {
  const { services } = server
  const site = client.sites[0] ?? null
  const entry = { state: machine(), client: client.client, site }
  sure(await placeMachine(services, ADMINISTRATOR, entry, { place: MARKUP, person: IMAGE }))
  const other = { name: IMAGE, slug: 'other', language: 'en', timeZone: 'UTC', site: MARKUP } as const
  sure(await addClient(services, ADMINISTRATOR, other))
  const person = {
    email: 'x@example.org',
    name: MARKUP,
    role: 'operator',
    language: 'en',
    clients: ['bakery'],
  } as const
  sure(await addPerson(services, person))
  const to = { personIds: [], addresses: ['y@example.org'], audience: 'technician' as const }
  const rules = { language: 'en', clientIds: null, minSeverity: 'info', isEnabled: true } as const
  const channel = { ...rules, kind: 'email', name: IMAGE, ...to } as const
  sure(await addChannel(services, ADMINISTRATOR, channel))
  sure(await changeOperator(services, ADMINISTRATOR, { name: MARKUP, role: IMAGE, contact: MARKUP }))
}

describeWithBrowser('one hundred hostile texts', () => {
  let world: Composed
  let open: OpenBrowser
  let watched: WatchedPage
  let origin: string
  let moving: ReturnType<typeof setInterval>

  beforeAll(async () => {
    const start = Date.now()
    world = await startComposed({ tasks: scriptedTasks(hostileScript(start)), probe: fakeProbe({}), start })
    // The server's clock is moved by hand; the agent is asked to sign when the visit is opened.
    moving = setInterval(() => void world.advance(250), 250)
    await typeSettings(world)
    await typeVisit(world)
    open = await openBrowser()
    origin = world.server.services.origin()
    watched = await openPage(open.browser, origin, { storageState: await signIn(open.browser, world.server) })
  }, 60_000)
  afterAll(async () => {
    clearInterval(moving)
    await open?.close()
    await world?.stop()
  })

  /** Opens a page with everything that can be unfolded. @returns what it says. */
  async function textOf(page: Page, path: string): Promise<string> {
    await page.goto(`${origin}${path}`)
    await page.locator('h1').first().waitFor()
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('main details')) details.setAttribute('open', '')
    })
    const main = page.locator('main')
    expect(await main.locator(NOT_TEXT).count(), path).toBe(0)
    expect(await page.evaluate(() => document.scripts.length), path).toBe(1)
    const text = (await main.textContent()) ?? ''
    expect(text, path).not.toMatch(HIDING)
    return text
  }

  const missing = (text: string, wanted: readonly string[]) =>
    wanted.map((one) => makeVisible(one.trim())).filter((one) => !text.includes(one))

  it.each([
    ['the visit', `/c/bakery/visits/${DATE}`, TEXTS],
    ['its walk list', `/c/bakery/visits/${DATE}/walk`, TEXTS],
    ['models on the machine', '/c/bakery/m/srv-01', TEXTS],
    ['models as they were read', '/c/bakery/m/srv-01/disk', ['Привет', '#pagebreak()', IMAGE]],
    ['jobs as they were read', '/c/bakery/m/srv-01/backup', ['#eval(', 'http://evil.example/a']],
  ])('%s: each one is there, literally', async (_, path, wanted) => {
    expect(missing(await textOf(watched.page, path), wanted)).toEqual([])
  })

  it.each([
    ['/', [IMAGE]],
    ['/clients', [IMAGE]],
    ['/machines', [MARKUP]],
    ['/findings', [IMAGE]],
    ['/visits', []],
    [`/c/bakery/visits/${NEXT}`, [IMAGE]],
    ['/c/bakery', [IMAGE]],
    ['/c/bakery/backup', [IMAGE]],
    ['/c/bakery/findings', [IMAGE]],
    ['/c/bakery/f/1', []],
    ['/c/other', [IMAGE]],
    ['/settings/people', [MARKUP]],
    ['/settings/channels', [IMAGE]],
    ['/settings/agents', []],
    ['/settings/policies', []],
    ['/settings/server', []],
  ] as const)('%s shows text', async (path, wanted) => {
    expect(missing(await textOf(watched.page, path), wanted)).toEqual([])
  })

  it('the report, as it would be and as it was sent', async () => {
    const { page } = watched
    const { services } = world.server
    const step = { version: null, step: 'send', reason: '' } as const
    await page.goto(`${origin}/api/v1/clients/bakery/visits/${DATE}/preview`)
    const looks = async () => {
      expect(
        await page.evaluate(() => document.querySelectorAll('script, iframe, object, a[href^="http"]').length),
      ).toBe(0)
      return missing((await page.locator('body').textContent()) ?? '', [MARKUP, IMAGE, '#pagebreak()', '中文'])
    }
    expect(await looks()).toEqual([])
    sure(await takeStep(services, ADMINISTRATOR, world.client, DATE, step))
    await page.goto(`${origin}/c/bakery/visits/${DATE}/report`)
    await page.waitForURL(/r1\.html$/)
    expect(await looks()).toEqual([])
  }, 60_000)

  it('the page of the client’s own people', async () => {
    const { page, problems, close } = await openPage(open.browser, origin)
    await page.goto(await linkOf(world, 'client-admin', 'Luc Aubertin'))
    await page.getByRole('heading', { name: 'What we ask you to decide' }).waitFor()
    expect(missing(await textOf(page, '/'), [MARKUP, IMAGE])).toEqual([])
    expect(problems).toEqual([])
    await close()
  }, 60_000)

  it('no dialog was opened, nothing was refused, nobody else was asked', () => {
    expect(watched.problems.filter((line) => !EXPECTED.test(line))).toEqual([])
  })
})
