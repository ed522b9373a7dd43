/**
 * Where each system keeps its programs, and the whole environment that a child gets there. Paths come from here and from the root of
 * Windows as the system itself names it; `PATH` and the like of the agent's own environment reach nobody. Pure.
 */
import type { Platform } from './probe.ts'
import { LINUX_SEARCH, MACOS_FOLDERS, PROGRAM_FOLDERS, type ProgramName } from './programs.ts'

/** The system, and what it says of itself: the environment of the agent's own process, read for the folder of Windows alone. */
export type Here = { readonly platform: Platform; readonly env: { readonly [name: string]: string | undefined } }

/** macOS: its own folders first; those of package managers are asked last and only trusted when root owns them. */
const DARWIN_SEARCH = [
  '/usr/bin',
  '/usr/sbin',
  '/bin',
  '/sbin',
  '/usr/libexec',
  '/usr/libexec/ApplicationFirewall',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
] as const

/** Below the folder of Windows (`R`) or of programs (`P`). A program that is not named is looked for in System32. */
const WINDOWS_PATHS: { readonly [P in ProgramName]?: readonly string[] } = {
  ermm: ['P\\ESET\\ESET Security\\ermm.exe'],
  powershell: ['R\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
  repcli: ['P\\Confer\\repcli.exe'],
  restic: ['P\\restic\\restic.exe'],
  smartctl: ['P\\smartmontools\\bin\\smartctl.exe'],
}

/** A path of one drive letter and plain names: anything else is not where Windows lives. */
const WINDOWS_ROOT = /^[A-Za-z]:\\[\w.-]+(?:\\[\w.-]+)*$/

/** The folder of Windows itself, `C:\Windows` unless the system says otherwise. */
export function windowsRoot({ env }: Here): string {
  const told = env['SystemRoot'] ?? ''
  return WINDOWS_ROOT.test(told) ? told : 'C:\\Windows'
}

/** The folder of programs: on the drive of Windows, which only administrators write to. */
function windowsPrograms(here: Here): string {
  return `${windowsRoot(here).slice(0, 2)}\\Program Files`
}

/** @returns the paths at which a program may stand, the first one first. @param search folders instead of the fixed ones (tests). */
export function programPaths(program: ProgramName, here: Here, search: readonly string[] | null): readonly string[] {
  if (here.platform === 'win32') {
    const paths = WINDOWS_PATHS[program] ?? [`R\\System32\\${program}.exe`]
    return paths.map((path) => `${path[0] === 'R' ? windowsRoot(here) : windowsPrograms(here)}${path.slice(1)}`)
  }
  const fixed: readonly string[] = here.platform === 'darwin' ? DARWIN_SEARCH : LINUX_SEARCH
  const own = here.platform === 'darwin' ? MACOS_FOLDERS[program] : PROGRAM_FOLDERS[program]
  const folders = [...(search ?? fixed), ...(own === undefined ? [] : [own])]
  return folders.map((folder) => `${folder}/${program}`)
}

/** LANGUAGE must be set too: in gettext it wins over LANG (collectors.md 0.2). */
const PLAIN = { LC_ALL: 'C', LANG: 'C', LANGUAGE: '', COLUMNS: '1000', NO_COLOR: '1', TERM: 'dumb' }

/** @returns the whole environment of every child. */
export function childEnvironment(here: Here): { readonly [name: string]: string } {
  if (here.platform !== 'win32') {
    const search: readonly string[] = here.platform === 'darwin' ? DARWIN_SEARCH : LINUX_SEARCH
    const home = here.platform === 'darwin' ? '/var/root' : '/root'
    return { ...PLAIN, HOME: home, DEBIAN_FRONTEND: 'noninteractive', PATH: search.join(':') }
  }
  const root = windowsRoot(here)
  const drive = root.slice(0, 2)
  const programs = windowsPrograms(here)
  return {
    ...PLAIN,
    SystemRoot: root,
    windir: root,
    SystemDrive: drive,
    ComSpec: `${root}\\System32\\cmd.exe`,
    PATH: `${root}\\System32;${root};${root}\\System32\\Wbem;${root}\\System32\\WindowsPowerShell\\v1.0`,
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    ProgramFiles: programs,
    'ProgramFiles(x86)': `${programs} (x86)`,
    ProgramData: `${drive}\\ProgramData`,
    // PowerShell needs both to find its modules and to keep what it compiles; the system's own, never a user's.
    PSModulePath: `${programs}\\WindowsPowerShell\\Modules;${root}\\System32\\WindowsPowerShell\\v1.0\\Modules`,
    TEMP: `${root}\\Temp`,
    TMP: `${root}\\Temp`,
  }
}

/** @returns the folder in which children start: one that exists everywhere and holds no client's files. */
export function childFolder(here: Here): string {
  return here.platform === 'win32' ? `${windowsRoot(here)}\\System32` : '/'
}
