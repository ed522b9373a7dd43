/** Where programs stand on each system, and what their children are given. */
import { describe, expect, it } from 'vitest'
import { childEnvironment, childFolder, type Here, programPaths, windowsRoot } from '../../../agent/probe/platforms.ts'

const linux: Here = { platform: 'linux', env: { PATH: '/home/eve', SystemRoot: 'C:\\Evil' } }
const darwin: Here = { platform: 'darwin', env: {} }
const windows: Here = { platform: 'win32', env: { SystemRoot: 'D:\\WINNT', PATH: 'C:\\Evil', TEMP: 'C:\\Users\\eve' } }

describe('programs', () => {
  it('of Windows stand below the folder that the system names, never in PATH', () => {
    expect(programPaths('powershell', windows, null)).toEqual([
      'D:\\WINNT\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ])
    expect(programPaths('smartctl', windows, null)).toEqual(['D:\\Program Files\\smartmontools\\bin\\smartctl.exe'])
    expect(programPaths('chronyc', windows, null)).toEqual(['D:\\WINNT\\System32\\chronyc.exe'])
  })

  it.each([undefined, '', 'Windows', '\\\\server\\share', 'C:\\a\\..\\b c', 'C:/Windows', 'C:\\Windows\\'])(
    'a folder of Windows named %j is not believed',
    (told) => {
      expect(windowsRoot({ platform: 'win32', env: { SystemRoot: told } })).toBe('C:\\Windows')
    },
  )

  it('of macOS and Linux are searched in fixed folders, the system’s own first', () => {
    expect(programPaths('smartctl', darwin, null).slice(0, 2)).toEqual(['/usr/bin/smartctl', '/usr/sbin/smartctl'])
    expect(programPaths('smartctl', linux, null)[0]).toBe('/usr/sbin/smartctl')
    expect(programPaths('falconctl', linux, null).at(-1)).toBe('/opt/CrowdStrike/falconctl')
    expect(programPaths('dpkg', linux, ['/x'])).toEqual(['/x/dpkg'])
  })
})

it('children inherit nothing from the agent’s own environment', () => {
  for (const here of [linux, darwin, windows]) {
    const env = JSON.stringify(childEnvironment(here))
    expect(env).not.toMatch(/eve|Evil/i)
    expect(env).toContain('"LANGUAGE":""')
  }
  expect([linux, darwin, windows].map(childFolder)).toEqual(['/', '/', 'D:\\WINNT\\System32'])
  expect(childEnvironment(windows)).toMatchObject({ SystemRoot: 'D:\\WINNT', TEMP: 'D:\\WINNT\\Temp' })
})
