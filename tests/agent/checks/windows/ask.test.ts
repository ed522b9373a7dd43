/** One PowerShell for a rhythm, whoever asks, until the rhythm comes round. */
import { expect, it } from 'vitest'
import { askWindows, askWindowsRaw } from '../../../../agent/checks/windows/ask.ts'
import { WINDOWS_QUERIES } from '../../../../agent/checks/windows/queries.ts'
import type { Probe } from '../../../../agent/probe/probe.ts'
import { err, ok } from '../../../../shared/result.ts'
import { HOUR_MS } from '../../../../shared/units.ts'

const NOW = Date.UTC(2026, 10, 25, 4)

/** A Windows whose PowerShell answers `{rounds, blocks}` with one record for every question of the script that it is given. */
function aWindows(answers: (script: string) => ReturnType<Probe['exec']>) {
  const scripts: string[] = []
  const exec: Probe['exec'] = async (program, args) => {
    expect(program).toBe('powershell')
    const script = args.at(-1) ?? ''
    scripts.push(script)
    return answers(script)
  }
  // Only `exec` is asked here; the rest of a probe would be a fault of the test.
  return { scripts, probe: { platform: 'win32', exec } as Probe }
}
const said = (text: string, exitCode = 0) =>
  Promise.resolve(ok({ stdout: Buffer.from(text), stderr: '', exitCode, truncated: false }))
const everyBlock = (script: string) => {
  const names = [...script.matchAll(/^Add-Block '([^']+)'/gm)].map(([, name]) => [name, { ok: [{ Name: name }] }])
  return said(JSON.stringify({ rounds: 1, blocks: Object.fromEntries(names) }))
}

it('asks every question of a rhythm in one child, together and again only later', async () => {
  const { probe, scripts } = aWindows(everyBlock)
  const [first] = WINDOWS_QUERIES
  if (first === undefined) throw new Error('there is no question to Windows')
  const same = WINDOWS_QUERIES.filter(({ rhythm }) => rhythm === first.rhythm).map(({ block }) => block)
  const told = await Promise.all(same.map((block) => askWindows({ probe, now: NOW }, block)))
  expect(told.map((one) => one.ok && one.value[0]?.text('name'))).toEqual(same)
  expect(scripts).toHaveLength(1)
  await askWindows({ probe, now: NOW + 1_000 }, first.block)
  expect(scripts).toHaveLength(1)
  await askWindows({ probe, now: NOW + 25 * HOUR_MS }, first.block)
  expect(scripts).toHaveLength(2)
})

it('a child that failed is asked again, and says why it failed', async () => {
  const [first] = WINDOWS_QUERIES
  const block = first?.block ?? ''
  const failures = [
    [() => Promise.resolve(err({ code: 'timeout' as const, detail: 'slow' })), 'timeout'],
    [() => said('', 1), 'exit'],
    [() => said(''), 'empty'],
    [() => said('Windows PowerShell\nCopyright'), 'parse'],
    [() => said('{"rounds":1,"blocks":{}}'), 'empty'],
  ] as const
  for (const [answer, code] of failures) {
    const { probe } = aWindows(answer)
    expect(await askWindows({ probe, now: NOW }, block)).toMatchObject({ ok: false, error: { code } })
  }
  let asked = 0
  const { probe } = aWindows((script) => {
    asked += 1
    return asked === 1 ? Promise.resolve(err({ code: 'timeout' as const, detail: 'slow' })) : everyBlock(script)
  })
  expect((await askWindowsRaw({ probe, now: NOW }, block)).ok).toBe(false)
  expect((await askWindowsRaw({ probe, now: NOW }, block)).ok).toBe(true)
})

it('a block that nobody asks for is no question', async () => {
  const { probe, scripts } = aWindows(everyBlock)
  expect(await askWindows({ probe, now: NOW }, 'no-such')).toMatchObject({ ok: false, error: { code: 'unsupported' } })
  expect(scripts).toEqual([])
})
