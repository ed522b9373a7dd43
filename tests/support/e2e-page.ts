/** Pages of a running server in a real Chromium: signing in, and noticing everything that a page should never do. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { addPerson, linkPerson } from '../../server/control/operations/people.ts'
import type { RunningServer } from '../../server/main.ts'
import { sure } from './composed.ts'

/** A page and what went wrong on it so far: errors of the console, refused content, dialogs, requests to other origins. */
export type WatchedPage = {
  readonly page: Page
  readonly problems: readonly string[]
  readonly close: () => Promise<void>
}

/** @param expected messages of the console that are part of the story (a 401 before signing in). */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
  expected: RegExp | null = null,
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Europe/Brussels', ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  // What the content security policy refuses, Chromium tells as an error here.
  page.on('console', (message) => {
    const text = message.text()
    const isBad = message.type() === 'error' || message.type() === 'warning'
    if (isBad && expected?.test(text) !== true) problems.push(`console: ${text}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    const isOwn = url.origin === origin || ['data:', 'blob:', 'about:'].includes(url.protocol)
    if (!isOwn) problems.push(`foreign request: ${request.url()}`)
  })
  return { page, problems, close: () => context.close() }
}

const OWNER = 'owner@example.org'

/** Adds an owner where there is none. @returns a one-time link. */
export async function signInLink({ services }: RunningServer): Promise<string> {
  const people = await services.store.hub.people()
  if (!people.some(({ email }) => email === OWNER)) {
    sure(await addPerson(services, { email: OWNER, name: 'Owner', role: 'owner', language: 'en', clients: [] }))
  }
  return sure(await linkPerson(services, OWNER)).url
}

/** Signs in by a link. @returns the session, for the contexts of other pages. */
export async function signIn(browser: Browser, server: RunningServer) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(await signInLink(server))
  await page.locator('main').waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}
