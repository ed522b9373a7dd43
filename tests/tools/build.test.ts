/**
 * vite.config.ts builds a page that a strict Content-Security-Policy accepts: nothing inline, hashed names, no source
 * maps. Built for real from a small app made here, and from the dashboard once it has an index.html.
 */
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { describeUnless } from '../support/loud-skip.ts'
import { tempFolder } from '../support/tmp.ts'
import { ROOT } from './source-files.ts'

const APP: Readonly<Record<string, string>> = {
  'index.html':
    '<!doctype html><html><head><title>a</title></head><body><script type="module" src="/src/main.tsx"></script></body></html>',
  'src/main.tsx':
    "import { render } from 'preact'\nimport './main.css'\nimport icon from './icon.svg'\n" +
    'render(<img class="a" src={icon} onClick={() => import(\'./later.ts\')} />, document.body)\n',
  'src/later.ts': 'export const later = document.title\n',
  'src/main.css': '.a { background: url("./icon.svg") }\n',
  'src/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}

/** Builds `root` with the project's settings into a folder of its own. */
async function buildInto(root: string): Promise<string> {
  const outDir = path.join(tempFolder('dist'), 'dist')
  const configFile = path.join(ROOT, 'vite.config.ts')
  await build({ configFile, root, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  return outDir
}

/** What in the page a policy without 'unsafe-inline' would refuse. */
function findInline(html: string): readonly string[] {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
  return [
    ...scripts
      .filter(([, attributes, body]) => !/\bsrc=/.test(attributes ?? '') || body?.trim() !== '')
      .map(([all]) => all),
    ...(html.match(/<style\b|\sstyle=|\son[a-z]+\s*=|javascript:|data:[a-z]+\//gi) ?? []),
  ]
}

const listBuilt = (folder: string) =>
  fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => path.extname(name) !== '')

it('builds a page with nothing inline, hashed names and no source maps', async () => {
  // Inside the project, so that preact is found; the dashboard's own sources are not touched.
  const root = fs.mkdtempSync(path.join(ROOT, 'node_modules/.rounds-build-'))
  try {
    for (const [name, text] of Object.entries(APP)) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      fs.writeFileSync(path.join(root, name), text)
    }
    const dist = await buildInto(root)
    const names = listBuilt(dist)
    expect(findInline(fs.readFileSync(path.join(dist, 'index.html'), 'utf8'))).toEqual([])
    expect(names.filter((name) => name.startsWith('assets')).length).toBeGreaterThanOrEqual(4)
    for (const name of names) expect(name).toMatch(/^(?:index\.html|assets\/[\w-]+-[\w-]{8}\.(?:js|css|svg))$/)
    const code = names
      .filter((name) => name.endsWith('.js'))
      .map((name) => fs.readFileSync(path.join(dist, name), 'utf8'))
    expect(code.join()).not.toMatch(/sourceMappingURL|data:image|\beval\(|new Function\(|jsx-dev-runtime/)
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
})

const hasDashboard = fs.existsSync(path.join(ROOT, 'dashboard/index.html'))

describeUnless(hasDashboard ? null : 'dashboard/index.html is absent', 'the dashboard', () => {
  it('is built the same way', async () => {
    const dist = await buildInto(path.join(ROOT, 'dashboard'))
    expect(findInline(fs.readFileSync(path.join(dist, 'index.html'), 'utf8'))).toEqual([])
    expect(listBuilt(dist).filter((name) => name.endsWith('.map'))).toEqual([])
  })
})

it.each([
  '<script>a</script>',
  '<script type="module" src="/a.js">a</script>',
  '<style>p {}</style>',
  '<p style="color: inherit"></p>',
  '<p onclick="a()"></p>',
  '<a href="javascript:a()"></a>',
  '<link rel="icon" href="data:image/svg+xml,a">',
])('finds what is inline in %s', (html) => {
  expect(findInline(html)).not.toEqual([])
})
