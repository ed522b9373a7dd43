/** What every page must hold to, looked at in the page itself: accessibility, width, times, targets. */
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

const AXE = fs.readFileSync(path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')
/** Apple's and Google's guidelines agree on about this much for a finger; ui.md 13. */
const TARGET_PX = 44

/**
 * @param rules only these of axe-core; null: all of them.
 * @returns one line for each violation that axe-core finds, with the element it means.
 */
export async function axeViolations(page: Page, rules: readonly string[] | null = null): Promise<readonly string[]> {
  // Evaluated from outside, so that the page's own content security policy stays in force.
  const isLoaded = await page.evaluate(() => 'axe' in globalThis)
  if (!isLoaded) await page.evaluate(AXE)
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
      }
    }
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only === null ? {} : { runOnly: [...only] }),
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.slice(0, 200) ?? ''}`),
    )
  }, rules)
}

/** @returns the elements that stick out sideways; empty when the page is no wider than its window. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > clientWidth + 1
    // The innermost ones are the cause.
    return [...document.querySelectorAll('body *')]
      .filter((element) => sticksOut(element) && ![...element.children].some(sticksOut))
      .slice(0, 5)
      .map((element) => `${scrollWidth} > ${clientWidth}: ${element.outerHTML.slice(0, 120)}`)
  })
}

/** @returns times without a machine-readable instant or an exact title. */
export function vagueTimes(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('time')]
      .filter((time) => Number.isNaN(Date.parse(time.dateTime)) || time.title === '')
      .map((time) => time.outerHTML),
  )
}

/** @returns what a finger would miss: buttons, fields and links that stand alone and are smaller than a fingertip. */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const blockOf = (element: Element): Element => {
      const parent = element.parentElement ?? element
      return parent === element || getComputedStyle(parent).display !== 'inline' ? parent : blockOf(parent)
    }
    /** A link within a sentence is as high as its line, as everywhere. */
    const standsAlone = (element: Element) =>
      element.tagName !== 'A' || blockOf(element).textContent?.trim() === element.textContent?.trim()
    return [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, input')]
      .filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && standsAlone(element),
      )
      .flatMap((element) => {
        const { width, height, bottom } = element.getBoundingClientRect()
        // Off the screen until it has the focus (the skip link), or only for screen readers.
        if (bottom <= 0 || width <= 1) return []
        const isSmall = height < least - 0.5 || width < least - 0.5
        return isSmall ? [`${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`] : []
      })
  }, TARGET_PX)
}
