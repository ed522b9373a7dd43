/** Edits of agent.toml as text, so that what a person wrote beside them (comments, order) stays. Pure. */
import { parse } from 'smol-toml'
import type { Watch } from './watch-config.ts'
import { renderWatch } from './watch-entry.ts'

const HEADING = `# Configuration of the Rounds agent on this machine. The server cannot read or change this file.
# What it may judge is added with: agent watch add (see: agent watch --help)
`

/** @returns the text with one more `[[watch]]` entry at its end. */
export function addWatch(content: string, watch: Watch): string {
  const before = content === '' ? HEADING : content.endsWith('\n') ? content : `${content}\n`
  return `${before}\n${renderWatch(watch)}`
}

/** @returns the text without the watch of that name, or null when it has none. */
export function removeWatch(content: string, name: string): string | null {
  const blocks = splitBlocks(content)
  const kept = blocks.filter((block) => nameOfWatch(block) !== name)
  return kept.length === blocks.length ? null : kept.join('')
}

/** @returns the text whose `[server]` names `url`; other keys of that table stay. */
export function setServerUrl(content: string, url: string): string {
  const line = `url = ${JSON.stringify(url)}\n`
  const blocks = splitBlocks(content === '' ? HEADING : content)
  const at = blocks.findIndex((block) => /^\[server\]/.test(block))
  const block = blocks[at]
  if (block === undefined) {
    const [head = '', ...rest] = blocks
    return [head.endsWith('\n') || head === '' ? head : `${head}\n`, `\n[server]\n${line}\n`, ...rest]
      .join('')
      .replace(/\n+$/, '\n')
  }
  const replaced = /^url\s*=.*\n?/m.test(block)
    ? block.replace(/^url\s*=.*\n?/m, () => line)
    : block.replace(/^\[server\].*\n?/, (heading) => `${heading.trimEnd()}\n${line}`)
  return blocks.with(at, replaced).join('')
}

/** Text before the first table, then one block per table heading. */
function splitBlocks(content: string): string[] {
  const [head = '', ...blocks] = content.split(/^(?=\[)/m)
  return /^\[/.test(head) ? ['', head, ...blocks] : [head, ...blocks]
}

function nameOfWatch(block: string): string | null {
  if (!block.startsWith('[[watch]]')) return null
  try {
    const { watch } = parse(block)
    const [entry] = Array.isArray(watch) ? watch : []
    return typeof entry === 'object' && entry !== null && 'name' in entry ? String(entry.name) : null
  } catch {
    return null
  }
}
