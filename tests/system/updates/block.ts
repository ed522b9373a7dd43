/** Updates that wait, told by the real apt, dnf and zypper over local repositories: normal, security, held, and a mirror that is gone. */
import { deepStrictEqual, ok } from 'node:assert/strict'
import path from 'node:path'
import type { Block, BlockContext } from '../block.ts'
import { expectLines, type Line, run } from '../expect.ts'
import { parseOutput, type ToolOutput } from '../judge-output.ts'
import { makeAptWorld } from './apt-repository.ts'
import { makeRpmWorld, type RpmWorld } from './rpm-repository.ts'

/** Numbers of the part `updates`; null: not told. */
type Counted = { readonly security: number | null; readonly other: number | null; readonly held: number }

function counted(source: `patch/${string}`, output: ToolOutput): Counted {
  const { section, detail } = parseOutput(source, output)
  const part = section['updates'] as { readonly state: string; readonly value: Counted }
  ok(part.state === 'value', `${source}: ${detail} ${JSON.stringify(part)}`)
  const { security, other, held } = part.value
  return { security, other, held }
}

async function withApt(folder: string, log: BlockContext['log']): Promise<void> {
  const world = await makeAptWorld(folder)
  const simulate = [
    '-s',
    '-o',
    'Debug::NoLocking=true',
    '-o',
    'APT::Get::Show-User-Simulation-Note=false',
    'dist-upgrade',
  ]
  const output = await run('apt-get', [...world, ...simulate])
  log(output.text)
  // A package that is called security is none; a held one is no update.
  deepStrictEqual(counted('patch/apt', output), { security: 1, other: 2, held: 0 })
  const list = await run('apt', [...world, 'list', '--upgradable'])
  log(list.text)
  deepStrictEqual(counted('patch/apt-list', list).security, 1)
}

async function withDnf({ dnf, root }: RpmWorld, log: BlockContext['log']): Promise<readonly Line[]> {
  const check = await run('dnf', [...dnf, '-C', '-q', 'check-update'])
  const info = await run('dnf', [...dnf, '-C', '-q', 'updateinfo', 'list', '--security'])
  log(`check-update ended with ${check.exitCode}\n${check.text}\nupdateinfo ended with ${info.exitCode}\n${info.text}`)
  deepStrictEqual(counted('patch/dnf-updateinfo', info).security, 1)
  const gone = await run('dnf', [
    ...dnf,
    '--setopt=rounds.baseurl=file:///nowhere',
    `--setopt=cachedir=${root}/gone`,
    '-q',
    'check-update',
  ])
  return [['dnf without its repository', gone, 'patch/dnf-check-update', 'patch/security-waiting', ['unknown']]]
}

async function withZypper({ root, repository }: RpmWorld, log: BlockContext['log']): Promise<void> {
  const words = ['--root', root, '--non-interactive', '--no-gpg-checks']
  await run('zypper', [...words, 'addrepo', '-G', `file://${repository}`, 'rounds'])
  await run('zypper', [...words, 'refresh'])
  const patches = await run('zypper', [...words, '--no-refresh', '--xmlout', 'list-patches', '--all'])
  log(`list-patches ended with ${patches.exitCode}\n${patches.text}`)
  deepStrictEqual(counted('patch/zypper-patches', patches).security, 1)
}

async function judgeAll({ folder, log }: BlockContext): Promise<void> {
  await withApt(path.join(folder, 'apt'), log)
  const world = await makeRpmWorld(path.join(folder, 'rpm'))
  expectLines(log, await withDnf(world, log))
  await withZypper(world, log)
}

/** The block. */
export const block: Block = {
  name: 'updates',
  packages: ['apt-utils', 'dpkg-dev', 'rpm', 'createrepo-c', 'dnf', 'zypper'],
  timeoutMs: 240_000,
  ci: true,
  run: judgeAll,
}
