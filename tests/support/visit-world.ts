/** A client with a machine that needs hands, ready for visits, and a tablet's browser that counts what a person does. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { addPerson, linkPerson } from '../../server/control/operations/people.ts'
import { read } from '../../shared/reading.ts'
import { GB } from '../../shared/units.ts'
import { aDrive, aVolume } from '../server/assess/sections.ts'
import { type Composed, startComposed, sure } from './composed.ts'
import { axeViolations, overflowing, vagueTimes } from './e2e-look.ts'
import { healthyScript, scriptedTasks } from './e2e-script.ts'
import { fakeProbe } from './fake-probe.ts'

/** 820 by 1180, with a finger. */
export const TABLET: BrowserContextOptions = { viewport: { width: 820, height: 1180 }, hasTouch: true }

/** One server whose second disk is failing, and whose data volume is nearly full. */
export function startVisitWorld(): Promise<Composed> {
  const start = Date.now()
  const script = healthyScript(start)
  const size = read('disk/statfs', { totalBytes: 100 * GB, inodesTotal: 1_000_000 })
  script.parts.disk = {
    ...script.parts.disk,
    drives: read('disk/smartctl', [aDrive({ key: 'B/2', model: 'EX 2000' }, { passed: false, pendingSectors: 24 })]),
    volumes: read('disk/volumes', [aVolume({ mount: '/', device: '/dev/sda1', system: true, size })]),
  }
  script.samples.disk = {
    'volume:/:usedBytes': 97 * GB,
    'volume:/:availableBytes': 3 * GB,
    'volume:/:inodesFree': 900_000,
  }
  return startComposed({ tasks: scriptedTasks(script), probe: fakeProbe({}), start })
}

/** Counts taps and fields that are typed in. */
export function countingHand() {
  let count = 0
  return {
    count: () => count,
    async tap(target: Locator): Promise<void> {
      count += 1
      await target.tap()
    },
    async type(target: Locator, text: string): Promise<void> {
      count += 1
      await target.fill(text)
    },
  }
}

/** Adds a person of the client. @returns a one-time link. */
export async function linkOf(
  world: Composed,
  role: 'viewer' | 'client-admin' | 'operator',
  name: string,
): Promise<string> {
  const { services } = world.server
  const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.org`
  sure(await addPerson(services, { email, name, role, language: 'en', clients: ['bakery'] }))
  return sure(await linkPerson(services, email)).url
}

const WIDTHS = [1440, 820, 390, 320] as const

/** @returns what is wrong with the page as it stands, in both themes and every width; the viewport comes back as it was. */
export async function wrongNow(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize()
  const found: string[] = [...(await vagueTimes(page))]
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 1_000 })
    found.push(...(await overflowing(page)).map((line) => `${width}: ${line}`))
  }
  for (const [width, theme] of [
    [1440, 'light'],
    [390, 'dark'],
    [820, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 1_000 })
    await page.emulateMedia({ colorScheme: theme })
    // Structure does not depend on the theme; colors do.
    const rules = theme === 'light' ? null : ['color-contrast']
    found.push(...(await axeViolations(page, rules)).map((line) => `${theme} ${width}: ${line}`))
  }
  await page.emulateMedia({ colorScheme: null })
  if (before !== null) await page.setViewportSize(before)
  return found
}
