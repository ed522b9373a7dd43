/** Which page an address means, links that the page follows itself, and links that are the browser's. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { installBrowser } from './support/fake-browser.ts'
import { SmallNode } from './support/small-dom.ts'

let browser: ReturnType<typeof installBrowser>
let router: typeof import('../../dashboard/src/router.ts')
beforeEach(async () => {
  vi.resetModules()
  browser = installBrowser({ path: '/machines' })
  router = await import('../../dashboard/src/router.ts')
})

describe('routeOf', () => {
  it.each([
    ['/', { page: 'today' }],
    ['', { page: 'today' }],
    ['/machines', { page: 'machines' }],
    ['/machines/', { page: 'machines' }],
    ['/findings', { page: 'findings' }],
    ['/clients', { page: 'clients' }],
    ['/c/bakery/m/srv-01', { page: 'machine', client: 'bakery', machine: 'srv-01' }],
    ['/c/caf%C3%A9/m/a%2Fb', { page: 'machine', client: 'café', machine: 'a/b' }],
    ['/c/50%/m/x', { page: 'machine', client: '50%', machine: 'x' }],
    ['/c/bakery/m/srv-01/disk', { page: 'raw', client: 'bakery', machine: 'srv-01', check: 'disk' }],
    ['/c/bakery/m/srv-01/disk/x', { page: 'absent' }],
    ['/c/bakery/x/srv-01', { page: 'absent' }],
    ['/c/bakery/m', { page: 'absent' }],
    ['/c/bakery', { page: 'client', client: 'bakery', tab: 'overview' }],
    ['/c/bakery/backup', { page: 'client', client: 'bakery', tab: 'backup' }],
    ['/c/bakery/findings', { page: 'client', client: 'bakery', tab: 'findings' }],
    ['/c/bakery/overview', { page: 'absent' }],
    ['/c/bakery/backup/x', { page: 'absent' }],
    ['/c/bakery/f/7', { page: 'finding', client: 'bakery', number: '7' }],
    ['/c/bakery/f/7/x', { page: 'absent' }],
    ['/settings/people', { page: 'settings', subject: 'people' }],
    ['/settings/people/x', { page: 'absent' }],
    ['/settings/nothing', { page: 'absent' }],
    ['/c', { page: 'absent' }],
    ['/machines/x', { page: 'absent' }],
    ['/Machines', { page: 'absent' }],
    ['/settings', { page: 'absent' }],
    ['/constructor', { page: 'absent' }],
  ])('%s', (path, route) => expect(router.routeOf(path)).toEqual(route))

  it('never throws, and finds what the address functions made', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect(router.routeOf(path).page).toMatch(/^[a-z]+$/)
      }),
    )
    // The unit 'binary' of fast-check 4.10.2 takes seconds to set up.
    const letter = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCodePoint(code))
    const name = fc.array(letter, { minLength: 1 }).map((letters) => letters.join('').toWellFormed())
    fc.assert(
      fc.property(name, name, fc.constantFrom('disk', 'patch'), (client, machine, check) => {
        expect(router.routeOf(router.machinePath(client, machine))).toEqual({ page: 'machine', client, machine })
        expect(router.routeOf(router.rawPath(client, machine, check))).toEqual({ page: 'raw', client, machine, check })
      }),
    )
  })
})

describe('the query', () => {
  it('is asked and changed in place, and an empty value leaves it', () => {
    router.ask({ state: 'needs', name: 'é&=' })
    expect([router.asked('state'), router.asked('name'), router.asked('other')]).toEqual(['needs', 'é&=', ''])
    router.ask({ state: '' })
    expect(browser.visited.at(-1)).toBe('/machines?name=%C3%A9%26%3D')
    router.ask({ name: '' })
    expect(browser.visited.at(-1)).toBe('/machines')
  })
})

describe('a click', () => {
  const origin = 'https://rounds.example.net'
  const plain = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, defaultPrevented: false }

  /** @returns whether the page followed it itself. */
  function click(link: object | null, event: object = {}): boolean {
    const target = Object.assign(new SmallNode(1, 'span'), { closest: () => link })
    let followed = false
    const preventDefault = () => {
      followed = true
    }
    browser.document.fire('click', { ...plain, target, preventDefault, ...event })
    return followed
  }
  const link = (change: object = {}) => ({
    origin,
    hash: '',
    pathname: '/findings',
    search: '?check=disk',
    target: '',
    hasAttribute: () => false,
    ...change,
  })
  beforeEach(() => router.startRouter())

  it('on a link of this site goes there without loading', () => {
    expect(click(link())).toBe(true)
    expect(router.route.value).toEqual({ page: 'findings' })
    expect(browser.visited).toEqual(['/findings?check=disk'])
  })

  it.each([
    ['another site', link({ origin: 'https://elsewhere.example' }), {}],
    ['a place of this page', link({ hash: '#main' }), {}],
    ['a file to keep', link({ hasAttribute: (name: string) => name === 'download' }), {}],
    ['nothing', null, {}],
    ['a new tab', link(), { ctrlKey: true }],
    ['a new tab on a Mac', link(), { metaKey: true }],
    ['a new window', link(), { shiftKey: true }],
    ['the middle button', link(), { button: 1 }],
    ['what somebody else handled', link(), { defaultPrevented: true }],
  ])('on %s is left to the browser', (_name, anchor, event) => {
    expect(click(anchor, event)).toBe(false)
    expect(router.route.value).toEqual({ page: 'machines' })
  })

  it('on back and forward follows the address', () => {
    router.navigate('/c/bakery/m/srv-01')
    expect(router.route.value).toMatchObject({ page: 'machine' })
    browser.location.pathname = '/clients'
    browser.fireWindow('popstate', {})
    expect(router.route.value).toEqual({ page: 'clients' })
  })
})
