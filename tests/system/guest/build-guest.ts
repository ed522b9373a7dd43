/** Builds what the guest boots: Debian's cloud kernel, unpacked and not installed, and an initramfs with the tools. I/O. */
import fs from 'node:fs'
import path from 'node:path'
import { runProgram } from '../../support/run-program.ts'
import { guestInit, MODULES, PROGRAMS } from './guest-init.ts'

/** Paths of what `qemu-system-x86_64` is given. */
export type Guest = { readonly kernel: string; readonly initrd: string }

async function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  const options = { timeoutMs: 180_000, ...(cwd === undefined ? {} : { cwd }) }
  const { code, stdout, stderr } = await runProgram(program, args, options)
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${code}: ${stderr.slice(-500)}`)
  return stdout
}

/** The kernel is unpacked beside the test: installed, it would make an initramfs of this machine, which takes a minute. */
async function unpackKernel(folder: string): Promise<{ readonly root: string; readonly release: string }> {
  const depends = await run('apt-cache', ['depends', 'linux-image-cloud-amd64'])
  const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1]
  if (name === undefined) throw new Error('linux-image-cloud-amd64 names no kernel')
  await run('apt-get', ['download', '-q', name], folder)
  const deb = fs.readdirSync(folder).find((file) => file.endsWith('.deb'))
  const root = path.join(folder, 'kernel')
  await run('dpkg-deb', ['-x', path.join(folder, deb ?? ''), root])
  const release = name.replace('linux-image-', '')
  await run('depmod', ['-b', root, release])
  return { root, release }
}

/** Files of the modules in the order of loading, each once. */
async function modulesOf(root: string, release: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const name of MODULES) {
    const { stdout } = await runProgram('modprobe', ['-d', root, '-S', release, '--show-depends', name])
    for (const [, file = ''] of stdout.matchAll(/^insmod (\S+)/gm)) if (!files.includes(file)) files.push(file)
  }
  return files
}

/** The libraries that a program is linked with. */
async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await runProgram('ldd', [program])
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, file = '']) => file)
}

function put(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true })
  if (!fs.existsSync(to)) fs.copyFileSync(fs.realpathSync(from), to)
}

/** @param folder an empty one; what is built stays there. */
export async function buildGuest(folder: string): Promise<Guest> {
  const { root, release } = await unpackKernel(folder)
  const tree = path.join(folder, 'tree')
  const modules = await modulesOf(root, release)
  for (const file of modules) put(file, path.join(tree, 'm', path.basename(file)))
  put('/bin/busybox', path.join(tree, 'bin/busybox'))
  for (const program of PROGRAMS) {
    put(program, path.join(tree, program))
    for (const library of await librariesOf(program)) put(library, path.join(tree, library))
  }
  put('/etc/mke2fs.conf', path.join(tree, 'etc/mke2fs.conf'))
  const init = guestInit(modules.map((file) => `/m/${path.basename(file)}`))
  fs.writeFileSync(path.join(tree, 'init'), init, { mode: 0o755 })
  const initrd = path.join(folder, 'initrd.gz')
  await run('sh', ['-c', `find . | cpio --quiet -o -H newc | gzip -1 > ${JSON.stringify(initrd)}`], tree)
  return { kernel: path.join(root, 'boot', `vmlinuz-${release}`), initrd }
}
