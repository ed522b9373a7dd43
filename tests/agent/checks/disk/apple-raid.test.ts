/**
 * RAID sets of macOS.
 * SOURCE: written by us after diskutil(8) of macOS and its output in the manual of AppleRAID.
 */
import { describe, expect, it } from 'vitest'
import { lineCuts } from '../../../support/mutations.ts'
import { parseDisk, plistOf } from '../../../support/parse-source.ts'

describe('disk/diskutil-apple-raid', () => {
  const rule = '='.repeat(79)
  const text = (status: string, ...members: readonly string[]) =>
    `AppleRAID sets (1 found)\n${rule}\nName:                 Media\nUnique ID:            69777530-378B-4E5E-9CF4-E9125AC23A49
Type:                 Mirror\nStatus:               ${status}\nSize:                 3.0 TB (3000248991744 Bytes)
Rebuild:              manual\nDevice Node:          disk10\n${'-'.repeat(79)}\n#  DevNode   UUID                                  Status     Size\n${'-'.repeat(79)}\n${members
      .map(
        (state, index) =>
          `${index}  disk${index + 3}s2   0926EBB8-4F4A-4F13-974C-C49CBC625BC${index}  ${state}     3000248991744`,
      )
      .join('\n')}\n${rule}\n`
  const stateOf = (output: string) => {
    const result = parseDisk('disk/diskutil-apple-raid', output)
    return result.ok && result.value.parts.arrays?.state === 'value'
      ? result.value.parts.arrays.value[0]?.state
      : 'failed'
  }

  it.each([
    ['healthy', text('Online', 'Online', 'Online')],
    ['degraded', text('Degraded', 'Online', 'Failed')],
    ['degraded', text('Online', 'Online', 'Failed')],
    // After a member was removed the set calls itself Online.
    ['degraded', text('Online', 'Online')],
    ['degraded', text('Online', 'Online', 'Missing/Damaged')],
    ['rebuilding', text('Degraded', 'Online', '8% (Rebuilding)')],
    ['inactive', text('Offline', 'Offline', 'Offline')],
    ['unknown', text('Online')],
    ['failed', text('Online', 'Online', 'Online').replace('(1 found)', '(2 found)')],
    ['failed', 'RAID-Systeme: 1\n'],
  ])('%s', (state, output) => {
    expect(stateOf(output)).toBe(state)
  })

  it('no set is an answer, and so is the property list', () => {
    expect(parseDisk('disk/diskutil-apple-raid', 'No AppleRAID sets found\n')).toMatchObject({
      value: { parts: { arrays: { value: [] } } },
    })
    expect(
      parseDisk('disk/diskutil-apple-raid', plistOf('<dict><key>AppleRAIDSets</key><array/></dict>')),
    ).toMatchObject({
      value: { parts: { arrays: { value: [] } } },
    })
    const member = (status: string) =>
      `<dict><key>BSD Name</key><string>disk1s2</string><key>MemberStatus</key><string>${status}</string></dict>`
    const set = `<dict><key>AppleRAIDSets</key><array><dict><key>Name</key><string>M</string><key>Level</key><string>Mirror</string>
<key>Status</key><string>Degraded</string><key>Members</key><array>${member('Online')}${member('Failed')}</array></dict></array></dict>`
    expect(stateOf(plistOf(set))).toBe('degraded')
  })

  it('no line that is cut makes a degraded set healthy', () => {
    const degraded = text('Degraded', 'Online', 'Failed')
    for (const [line, damaged] of lineCuts(Buffer.from(degraded))) {
      const result = parseDisk('disk/diskutil-apple-raid', damaged)
      const states =
        result.ok && result.value.parts.arrays?.state === 'value'
          ? result.value.parts.arrays.value.map(({ state }) => state)
          : []
      expect(states, line).not.toContain('healthy')
    }
  })
})
