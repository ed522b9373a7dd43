/** A browser's globals for the dashboard's modules: install it before they are imported, as they read the address at once. */
import type { ComponentChild, ContainerNode } from 'preact'
import { vi } from 'vitest'
import { SmallNode, smallDocument } from './small-dom.ts'

const ORIGIN = 'https://rounds.example.net'

/** A socket that a test plays the other end of. */
export class FakeSocket {
  static all: FakeSocket[] = []
  readonly url: string
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  isClosed = false
  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }
  /** A half-open connection says nothing when it is closed: the test calls `drop`. */
  close(): void {
    this.isClosed = true
  }
  drop(): void {
    this.isClosed = true
    this.onclose?.()
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  /** @throws before the first connection. */
  static newest(): FakeSocket {
    const socket = FakeSocket.all.at(-1)
    if (socket === undefined) throw new Error('no socket was opened')
    return socket
  }
}

function anAddress(path: string) {
  const url = new URL(path, ORIGIN)
  const { pathname, search, hash, origin, protocol, host } = url
  return { pathname, search, hash, origin, protocol, host }
}

/** @param path the address when the page is opened. @param language of the browser. */
export function installBrowser({ path = '/', language = 'en-GB' } = {}) {
  FakeSocket.all = []
  const location = anAddress(path)
  const stored = new Map<string, string>()
  const visited: string[] = []
  const go = (_: unknown, __: unknown, to: string): void => {
    visited.push(to)
    Object.assign(location, anAddress(new URL(to, `${ORIGIN}${location.pathname}`).href))
  }
  const window = new SmallNode(9, '#window')
  const document = smallDocument()
  const globals = {
    location,
    document,
    history: { pushState: go, replaceState: go },
    navigator: { language },
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    },
    addEventListener: (type: string, listener: (event: object) => void) => window.addEventListener(type, listener),
    removeEventListener: (type: string, listener: (event: object) => void) =>
      window.removeEventListener(type, listener),
    scrollTo: () => undefined,
    WebSocket: FakeSocket,
    Element: SmallNode,
    HTMLElement: SmallNode,
    HTMLInputElement: class extends SmallNode {},
  }
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  return { document, location, visited, stored, fireWindow: (type: string, event: object) => window.fire(type, event) }
}

/** Draws into a new root; drawing again updates it. Effects have run when it returns. */
export async function drawer() {
  const { render } = await import('preact')
  const { act } = await import('preact/test-utils')
  const root = new SmallNode(1, 'div')
  return {
    root,
    // Preact asks of a container only what SmallNode has.
    draw: (what: ComponentChild) => act(() => render(what, root as unknown as ContainerNode)),
    act,
  }
}
