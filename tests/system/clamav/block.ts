/** The real ClamAV with a database of its own: signatures of today, signatures that are old, and a scanner without a date. */
import fs from 'node:fs'
import path from 'node:path'
import type { Block, BlockContext } from '../block.ts'
import { expectLines, run } from '../expect.ts'

/** EICAR's harmless test string, in pieces so that no scanner finds it in the repository. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('')

/** A dated database, made by ClamAV's own sigtool. */
async function buildDatabase(folder: string): Promise<string> {
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'daily.ndb'), `Rounds-Test:0:0:${Buffer.from(EICAR).toString('hex')}\n`)
  fs.writeFileSync(path.join(folder, 'daily.hdb'), `${'0'.repeat(32)}:68:Rounds.Mark\n`)
  fs.writeFileSync(path.join(folder, 'COPYING'), 'test\n')
  const args = ['--build=daily.cud', '--unsigned', '--cvd-version=27900']
  const built = await run('sigtool', args, { SIGNDUSER: 'rounds' }, folder)
  if (built.exitCode !== 0) throw new Error(`sigtool: ${built.stderr}${built.text}`)
  return path.join(folder, 'daily.cud')
}

const output = (stdout: Buffer) => ({ stdout, stderr: '', exitCode: 0 })

async function judgeAll({ folder, log }: BlockContext): Promise<void> {
  const built = path.join(folder, 'built')
  const database = fs.readFileSync(await buildDatabase(built)).subarray(0, 512)
  const dated = path.join(folder, 'dated')
  fs.mkdirSync(dated)
  fs.copyFileSync(path.join(built, 'daily.cud'), path.join(dated, 'daily.cud'))
  const version = await run('clamscan', ['--version', `--database=${dated}`])
  const found = await run('clamscan', ['--no-summary', `--database=${dated}`, '-'], {}, folder)
  log(`${version.text}${found.text}${found.stderr}\n${database.toString('latin1').slice(0, 80)}`)
  const later = Date.now() + 9 * 86_400_000
  expectLines(log, [
    ['a database of today', output(database), 'antivirus/clamav-database', 'antivirus/signatures-old', ['pass']],
    [
      'nine days later',
      output(database),
      'antivirus/clamav-database',
      'antivirus/signatures-old',
      ['critical'],
      { now: later },
    ],
    [
      'a database cut in its header',
      output(database.subarray(0, 30)),
      'antivirus/clamav-database',
      'antivirus/signatures-old',
      ['unknown'],
    ],
  ])
}

/** The block. */
export const block: Block = {
  name: 'clamav',
  packages: ['clamav', 'clamav-daemon'],
  timeoutMs: 90_000,
  ci: true,
  run: judgeAll,
}
