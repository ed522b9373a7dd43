/** The little of a document that Preact needs to draw, so that components run without a browser. What it looks like, e2e tests see. */

type Listener = (event: object) => void

/** A text or an element; attributes and children as Preact set them. */
export class SmallNode {
  readonly nodeType: number
  readonly localName: string
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml'
  readonly style: { [name: string]: string } = {}
  readonly attributes = new Map<string, string>()
  readonly listeners = new Map<string, Set<Listener>>()
  childNodes: SmallNode[] = []
  parentNode: SmallNode | null = null
  data: string

  constructor(nodeType: number, localName: string, data = '') {
    this.nodeType = nodeType
    this.localName = localName
    this.data = data
  }

  get firstChild(): SmallNode | null {
    return this.childNodes[0] ?? null
  }
  get nextSibling(): SmallNode | null {
    const { parentNode } = this
    return parentNode?.childNodes[parentNode.childNodes.indexOf(this) + 1] ?? null
  }
  get textContent(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map((child) => child.textContent).join('')
  }

  contains(other: SmallNode | null): boolean {
    return other === this || (other?.parentNode != null && this.contains(other.parentNode))
  }
  insertBefore(node: SmallNode, before: SmallNode | null): SmallNode {
    node.remove()
    const at = before === null ? -1 : this.childNodes.indexOf(before)
    this.childNodes.splice(at === -1 ? this.childNodes.length : at, 0, node)
    node.parentNode = this
    return node
  }
  appendChild(node: SmallNode): SmallNode {
    return this.insertBefore(node, null)
  }
  removeChild(node: SmallNode): SmallNode {
    this.childNodes = this.childNodes.filter((child) => child !== node)
    node.parentNode = null
    return node
  }
  remove(): void {
    this.parentNode?.removeChild(this)
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value))
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }
  addEventListener(type: string, listener: Listener): void {
    const all = this.listeners.get(type) ?? new Set()
    this.listeners.set(type, all.add(listener))
  }
  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener)
  }
  /** Tells the listeners of this very node; nothing bubbles. */
  fire(type: string, event: object = {}): void {
    for (const listener of this.listeners.get(type) ?? []) listener.call(this, { type, ...event })
  }

  /** @returns every element below that has this name. */
  all(localName: string): SmallNode[] {
    return this.childNodes.flatMap((child) => [
      ...(child.localName === localName ? [child] : []),
      ...child.all(localName),
    ])
  }
  /** @returns the only element below with this name. @throws when there is none, or more. */
  one(localName: string): SmallNode {
    const found = this.all(localName)
    const [only] = found
    if (only === undefined || found.length > 1) throw new Error(`${found.length} × <${localName}>`)
    return only
  }
}

/** @returns a `document` that makes such nodes. */
export function smallDocument() {
  const listeners = new SmallNode(9, '#document')
  return {
    title: '',
    hidden: false,
    documentElement: { lang: '', dataset: {} as { [name: string]: string } },
    createElement: (name: string) => new SmallNode(1, name),
    createElementNS: (_: string, name: string) => new SmallNode(1, name),
    createTextNode: (data: string) => new SmallNode(3, '#text', data),
    getElementById: (): SmallNode | null => null,
    addEventListener: (type: string, listener: Listener) => listeners.addEventListener(type, listener),
    removeEventListener: (type: string, listener: Listener) => listeners.removeEventListener(type, listener),
    fire: (type: string, event: object) => listeners.fire(type, event),
  }
}
