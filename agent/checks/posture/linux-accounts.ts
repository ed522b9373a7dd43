/**
 * /etc/passwd, /etc/group and /etc/shadow, alone or one after the other (also `getent`) → counts. Names and hashes are compared and
 * counted, never kept. Pure. Fields as in passwd(5), group(5), shadow(5).
 */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { accountsOf, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** Groups whose members may do everything: Debian, Red Hat and BSD, old Ubuntu. */
const ADMIN_GROUPS: ReadonlySet<string> = new Set(['sudo', 'wheel', 'admin'])
const PASSWD = /^([^:\s]{1,64}):([^:]{0,300}):(\d{1,10}):(\d{1,10}):[^:]{0,400}:[^:]{0,400}:([^:]{0,400})$/
const GROUP = /^([^:\s]{1,64}):[^:]{0,300}:(\d{1,10}):([^:]{0,100000})$/
const SHADOW = /^([^:\s]{1,64}):([^:]{0,400}):(?:-?\d{0,10}:){6}[^:]{0,20}$/
const NO_LOGIN = /\/(?:nologin|false|sync|shutdown|halt)$/
const MAX_LINES = 100_000

type Person = {
  readonly name: string
  readonly password: string
  readonly uid: number
  readonly gid: string
  readonly shell: string
}

/** Errors: `exit`, `empty`, `access-denied`, `parse` (a line of none of the three files). What a file is not there for is null. */
export function parseLinuxAccounts(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'accounts'>, Failure> {
  const lines = text.split('\n', MAX_LINES).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const people = lines.flatMap(personOf)
  const groups = lines.flatMap(groupOf)
  const shadows = lines.flatMap(shadowOf)
  const isWhole = people.length + groups.length + shadows.length === lines.length
  if (exitCode !== 0 || lines.length === 0 || !isWhole)
    return noAnswer('the list of accounts', lines.length === 0 ? '' : 'a line of another form', stderr, exitCode)
  return ok(
    accountsOf({
      administrators: administrators(people, groups),
      emptyPasswords: emptyPasswords(people, shadows),
      builtinAdministratorEnabled: rootPassword(people, shadows),
    }),
  )
}

function personOf(line: string): readonly Person[] {
  const [, name, password = '', uid = '', gid = '', shell = ''] = PASSWD.exec(line) ?? []
  return name === undefined ? [] : [{ name, password, uid: Number(uid), gid, shell }]
}

type Group = { readonly name: string; readonly gid: string; readonly members: readonly string[] }

function groupOf(line: string): readonly Group[] {
  const [, name, gid = '', members = ''] = GROUP.exec(line) ?? []
  if (name === undefined) return []
  return [{ name, gid, members: members.split(',').filter((one) => one !== '') }]
}

type Shadow = { readonly name: string; readonly hash: string }

function shadowOf(line: string): readonly Shadow[] {
  const [, name, hash = ''] = SHADOW.exec(line) ?? []
  return name === undefined ? [] : [{ name, hash }]
}

/** People besides root: members of the groups, by list or as their own group, and whoever else has the number 0. */
function administrators(people: readonly Person[], groups: readonly Group[]): number | null {
  const powers = groups.filter(({ name }) => ADMIN_GROUPS.has(name))
  // Every distribution has one of them; a file without any is cut.
  if (powers.length === 0) return null
  const ids = new Set(powers.map(({ gid }) => gid))
  const names = new Set(powers.flatMap(({ members }) => members))
  for (const { name, uid, gid } of people) if (uid === 0 || ids.has(gid)) names.add(name)
  names.delete('root')
  return names.size
}

/** Without a password and with a shell: anybody may sign in as them. */
function emptyPasswords(people: readonly Person[], shadows: readonly Shadow[]): number | null {
  const shells = new Map(people.map(({ name, shell }) => [name, shell]))
  const isOpen = (name: string) => !NO_LOGIN.test(shells.get(name) ?? '')
  const open = people.filter(({ name, password }) => password === '' && isOpen(name)).map(({ name }) => name)
  const empty = shadows.filter(({ name, hash }) => hash === '' && isOpen(name)).map(({ name }) => name)
  const count = new Set([...open, ...empty]).size
  return shadows.length > 0 || count > 0 ? count : null
}

/** `!` and `*` open for nobody. */
function rootPassword(people: readonly Person[], shadows: readonly Shadow[]): boolean | null {
  const hash = shadows.find(({ name }) => name === 'root')?.hash
  if (hash !== undefined) return !/^[!*]/.test(hash)
  return people.some(({ uid, password }) => uid === 0 && password === '') ? true : null
}

/** Errors as `parseLinuxAccounts`. */
export const linuxAccountsSource: Source<'posture'> = {
  id: 'posture/linux-accounts',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/linux-accounts', 'accounts', parseLinuxAccounts(decode(stdout), stderr, exitCode)),
}
