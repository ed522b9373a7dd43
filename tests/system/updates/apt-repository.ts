/** Two repositories of apt with updates of packages that an own status file calls installed: one normal, one security, one held. I/O. */
import fs from 'node:fs'
import path from 'node:path'
import { run } from '../expect.ts'

const packageOf = (name: string, version: string, more = '') =>
  `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Rounds <rounds@example.org>\n${more}Description: empty\n`

/** Release file and index; nothing is ever downloaded from it. */
async function repository(folder: string, label: string, suite: string, packages: readonly string[]): Promise<void> {
  fs.mkdirSync(folder, { recursive: true })
  const entry = (text: string, at: number) =>
    `${text}Filename: ./p${at}.deb\nSize: 1\nSHA256: ${String(at).padStart(64, '0')}\n`
  fs.writeFileSync(path.join(folder, 'Packages'), packages.map(entry).join('\n'))
  const words = [`Origin=${label}`, `Label=${label}`, `Suite=${suite}`].flatMap((word) => [
    '-o',
    `APT::FTPArchive::Release::${word}`,
  ])
  const release = await run('apt-ftparchive', [...words, 'release', '.'], {}, folder)
  fs.writeFileSync(path.join(folder, 'Release'), release.text)
}

/** @returns the options that make apt see these repositories and nothing of this machine. */
export async function makeAptWorld(folder: string): Promise<readonly string[]> {
  const main = path.join(folder, 'main')
  const security = path.join(folder, 'security')
  await repository(main, 'Debian', 'stable', [
    packageOf('rounds-normal', '1.1'),
    packageOf('rounds-security-tool', '1.1'),
    packageOf('rounds-held', '1.1'),
  ])
  await repository(security, 'Debian-Security', 'stable-security', [packageOf('rounds-fix', '1.0+deb12u1')])
  const installed = (name: string, state = 'install ok installed') => packageOf(name, '1.0', `Status: ${state}\n`)
  const status = [
    installed('rounds-normal'),
    installed('rounds-security-tool'),
    installed('rounds-held', 'hold ok installed'),
    installed('rounds-fix'),
  ]
  fs.writeFileSync(path.join(folder, 'status'), status.join('\n'))
  fs.writeFileSync(
    path.join(folder, 'sources'),
    [main, security].map((at) => `deb [trusted=yes] file:${at} ./\n`).join(''),
  )
  for (const name of ['state/lists/partial', 'cache/archives/partial'])
    fs.mkdirSync(path.join(folder, name), { recursive: true })
  const options = {
    'Dir::State': path.join(folder, 'state'),
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    'Dir::Etc::sourcelist': path.join(folder, 'sources'),
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferencesparts': '-',
    'APT::Sandbox::User': 'root',
  }
  const words = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  await run('apt-get', [...words, 'update'])
  return words
}
