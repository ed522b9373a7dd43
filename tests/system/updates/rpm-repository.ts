/** A repository of RPM packages with a normal and a security update, and a root where the old ones are installed. I/O. */
import fs from 'node:fs'
import path from 'node:path'
import { run } from '../expect.ts'

const spec = (name: string, version: string) =>
  `Name: ${name}\nVersion: ${version}\nRelease: 1\nSummary: empty\nLicense: MIT\nBuildArch: noarch\n%description\nempty\n%files\n`

const ADVISORY = `<?xml version="1.0" encoding="UTF-8"?>
<updates><update from="rounds@example.org" status="final" type="security" version="1">
<id>ROUNDS-2026-1</id><title>rounds-fix</title><severity>Important</severity><issued date="2026-11-01 00:00:00"/>
<pkglist><collection short="r"><name>r</name><package name="rounds-fix" version="1.1" release="1" epoch="0" arch="noarch" src="rounds-fix-1.1-1.src.rpm">
<filename>rounds-fix-1.1-1.noarch.rpm</filename></package></collection></pkglist></update></updates>
`

/** HOME stays what it is for all tools: the rpm of Debian keeps its database below it. */
async function must(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stderr } = await run(command, args, {}, cwd)
  if (exitCode !== 0) throw new Error(`${command} ${args.slice(0, 2).join(' ')}: ${exitCode} ${stderr.slice(-300)}`)
}

/** Paths of the repository, and of files that name it for dnf. */
export type RpmWorld = { readonly repository: string; readonly dnf: readonly string[]; readonly root: string }

/** Builds it. @throws with what a tool said. */
export async function makeRpmWorld(folder: string): Promise<RpmWorld> {
  const repository = path.join(folder, 'rpms')
  fs.mkdirSync(repository, { recursive: true })
  for (const name of ['rounds-normal', 'rounds-fix']) {
    for (const version of ['1.0', '1.1']) {
      const file = path.join(folder, `${name}-${version}.spec`)
      fs.writeFileSync(file, spec(name, version))
      await must(
        'rpmbuild',
        ['-bb', '--define', `_topdir ${folder}/build`, '--define', `_rpmdir ${repository}`, file],
        folder,
      )
    }
  }
  await must('createrepo_c', ['-q', repository], folder)
  fs.writeFileSync(path.join(folder, 'updateinfo.xml'), ADVISORY)
  const info = ['--mdtype=updateinfo', path.join(folder, 'updateinfo.xml'), path.join(repository, 'repodata')]
  await must('modifyrepo_c', info, folder)
  const root = path.join(folder, 'root')
  const repos = path.join(folder, 'repos')
  fs.mkdirSync(repos)
  fs.writeFileSync(path.join(repos, 'rounds.repo'), `[rounds]\nname=rounds\nbaseurl=file://${repository}\ngpgcheck=0\n`)
  const dnf = [
    `--installroot=${root}`,
    `--setopt=reposdir=${repos}`,
    `--setopt=cachedir=${folder}/dnf`,
    '--releasever=1',
  ]
  await must('dnf', [...dnf, '-y', '-q', 'install', 'rounds-normal-1.0', 'rounds-fix-1.0'], folder)
  return { repository, dnf, root }
}
