/**
 * Encryption of volumes by every tool. SOURCE: written by us after MSDN Win32_EncryptableVolume, the reference of Get-BitLockerVolume and
 * manage-bde, fdesetup(8), lsblk(8), zfsprops(7).
 */
import { describe, expect, it } from 'vitest'
import { told, utf16 } from './parse.ts'

const one = (volume: object) => [expect.objectContaining(volume)]
const system = (state: string) => one({ system: true, state })
const wmi = (values: object) =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')
const C = { ConversionStatus: 1, DriveLetter: 'C:', EncryptionMethod: 6, ProtectionStatus: 1, VolumeType: 0 }

describe('Win32_EncryptableVolume', () => {
  it.each<[string, string | Uint8Array, unknown]>([
    ['protected', wmi(C), [{ mount: 'C:', system: true, state: 'protected', method: 'xts-aes-128' }]],
    ['protected, UTF-16', utf16(wmi(C)), system('protected')],
    ['suspended: encrypted, the key lies open', wmi({ ...C, ProtectionStatus: 0 }), system('suspended')],
    ['suspended by its method alone', wmi({ ...C, ProtectionStatus: 0, ConversionStatus: '' }), system('suspended')],
    ['off', wmi({ ...C, ProtectionStatus: 0, ConversionStatus: 0, EncryptionMethod: 0 }), system('off')],
    ['encrypting', wmi({ ...C, ProtectionStatus: 0, ConversionStatus: 2 }), system('encrypting')],
    ['encryption paused', wmi({ ...C, ProtectionStatus: 0, ConversionStatus: 4 }), system('encrypting')],
    ['decrypting', wmi({ ...C, ProtectionStatus: 0, ConversionStatus: 3 }), system('decrypting')],
    ['locked', wmi({ ...C, ProtectionStatus: 2 }), system('locked')],
    ['on, but how far is not told', wmi({ ...C, ConversionStatus: '' }), system('locked')],
    ['no protection told', wmi({ ...C, ProtectionStatus: '' }), system('locked')],
    ['Windows 7 tells neither conversion nor kind', 'DriveLetter=C:\nProtectionStatus=1\n', system('protected')],
    ['a portable volume alone is none', wmi({ ...C, VolumeType: 2 }), []],
    [
      'no letter: not held against it, not proven either',
      wmi({ ...C, DriveLetter: '', VolumeType: 1, ProtectionStatus: 0, ConversionStatus: 0 }),
      one({ state: 'locked' }),
    ],
    ['JSON of one object (5.1)', JSON.stringify(C), system('protected')],
    ['our script', JSON.stringify({ rounds: 1, blocks: { 'encryptable-volumes': { ok: [C] } } }), system('protected')],
    [
      'no such class',
      JSON.stringify({ blocks: { 'encryptable-volumes': { error: -2147217394, message: 'x' } } }),
      { code: 'unsupported' },
    ],
    [
      'refused',
      JSON.stringify({ blocks: { 'encryptable-volumes': { error: -2147217405, message: 'x' } } }),
      { code: 'access-denied' },
    ],
    ['no volume', '[]', { code: 'empty' }],
    ['something else', '{"Name":"x"}', { code: 'parse' }],
    ['an error in words', 'Get-CimInstance : Ungültiger Namespace', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('windows-encryptable-volumes', text, { platform: 'win32' })).toEqual(want))
})

describe('Get-BitLockerVolume', () => {
  const list = (change: object = {}) =>
    Object.entries({
      MountPoint: 'C:',
      EncryptionMethod: 'XtsAes256',
      VolumeStatus: 'FullyEncrypted',
      ProtectionStatus: 'On',
      LockStatus: 'Unlocked',
      VolumeType: 'OperatingSystem',
      CapacityGB: '218,2344',
      ...change,
    })
      .map(([key, value]) => `${key.padEnd(20)} : ${value}`)
      .join('\n')
  it.each<[string, string, unknown]>([
    ['a list', list(), [{ mount: 'C:', system: true, state: 'protected', method: 'xts-aes-256' }]],
    ['suspended', list({ ProtectionStatus: 'Off' }), system('suspended')],
    ['off', list({ ProtectionStatus: 'Off', VolumeStatus: 'FullyDecrypted', EncryptionMethod: 'None' }), system('off')],
    ['encrypting', list({ ProtectionStatus: 'Off', VolumeStatus: 'EncryptionInProgress' }), system('encrypting')],
    ['locked', list({ ProtectionStatus: 'Unknown', LockStatus: 'Locked', VolumeStatus: '' }), system('locked')],
    [
      'numbers of JSON (5.1)',
      JSON.stringify({
        MountPoint: 'C:',
        EncryptionMethod: 6,
        VolumeStatus: 1,
        ProtectionStatus: 1,
        LockStatus: 0,
        VolumeType: 0,
      }),
      system('protected'),
    ],
    ['an error', 'Get-BitLockerVolume : Access denied', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('windows-bitlocker', text, { platform: 'win32' })).toEqual(want))

  it('reads no table whose status is cut', () => {
    const head =
      'VolumeType      Mount CapacityGB VolumeStatus           Encryption KeyProtector AutoUnlock Protection\n                Point                                   Percentage                           Enabled    Status\n----------      ----- ---------- ------------           ---------- ------------              ---------- ----------\n'
    const row =
      'OperatingSystem C:        232.54 FullyEncrypted         100        {Tpm, RecoveryPassword}              On\n'
    expect(told('windows-bitlocker', head + row)).toEqual(system('protected'))
    expect(told('windows-bitlocker', head + row.replace(/ +On/, ''))).toEqual({ code: 'parse' })
    expect(told('windows-bitlocker', head)).toEqual({ code: 'empty' })
  })
})

describe('manage-bde', () => {
  const status = (protection: string, conversion: string, lock = 'Unlocked') =>
    `Volume C: [Windows]\n[OS Volume]\n\n    Size:                 237,00 GB\n    Conversion Status:    ${conversion}\n    Percentage Encrypted: 100,0%\n    Encryption Method:    XTS-AES 128\n    Protection Status:    ${protection}\n    Lock Status:          ${lock}\n`
  it.each<[string, string, number, unknown]>([
    [
      'on',
      status('Protection On', 'Used Space Only Encrypted'),
      0,
      [{ mount: 'C:', system: true, state: 'protected', method: 'xts-aes-128' }],
    ],
    ['suspended', status('Protection Off (1 reboots left)', 'Fully Encrypted'), 0, system('suspended')],
    [
      'German, on',
      status('Der Schutz ist aktiviert.', 'Vollständig verschlüsselt', 'Entsperrt'),
      0,
      system('protected'),
    ],
    [
      'German, suspended, code page 850',
      status('Der Schutz ist deaktiviert.', 'Vollst\ufffdndig verschl\ufffdsselt'),
      0,
      system('suspended'),
    ],
    ['a language not known', status('Zaščita vklopljena', 'Popolnoma šifrirano'), 0, { code: 'parse' }],
    ['a language not known, exit 1 of -protectionaserrorlevel', status('Zaščita', 'x'), 1, system('suspended')],
    ['locked', status('Unknown', 'Unknown', 'Locked'), 0, system('locked')],
    [
      'refused',
      'ERROR: An attempt to access a required resource was denied.\nCheck that you have administrative rights: access denied.',
      -1,
      { code: 'access-denied' },
    ],
    ['nothing', '', 0, { code: 'empty' }],
  ])('%s', (_, text, exitCode, want) => expect(told('manage-bde', text, { exitCode })).toEqual(want))
})

describe('fdesetup', () => {
  it.each<[string, string, unknown]>([
    ['on', 'FileVault is On.\n', [{ mount: '/', system: true, state: 'protected', method: 'filevault' }]],
    ['off', 'FileVault is Off.\n', [{ mount: '/', system: true, state: 'off', method: null }]],
    ['off until the next start', 'FileVault is Off, but will be enabled after the next restart.\n', system('off')],
    ['deferred', "FileVault is Off.\nDeferred enablement appears to be active for user 'x'.\n", system('off')],
    ['still encrypting', 'FileVault is On.\nEncryption in progress: Percent completed = 43.63\n', system('encrypting')],
    ['decrypting', 'FileVault is Off.\nDecryption in progress: Percent completed = 3\n', system('decrypting')],
    ['not finished', 'FileVault is On, but needs to be restarted to finish.\n', system('encrypting')],
    ['two answers', 'FileVault is On.\nFileVault is Off.\n', { code: 'parse' }],
    ['a master keychain alone', 'FileVault master keychain appears to be installed.\n', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('fdesetup', text, { platform: 'darwin' })).toEqual(want))
  it('believes no bad exit', () =>
    expect(told('fdesetup', 'FileVault is On.\n', { exitCode: 1 })).toEqual({ code: 'exit' }))
})

describe('lsblk', () => {
  const root = { name: 'vg-root', type: 'lvm', fstype: 'ext4', mountpoints: ['/'] }
  const swap = { name: 'vg-swap', type: 'lvm', fstype: 'swap', mountpoints: ['[SWAP]'] }
  const luks = (...children: object[]) => ({
    name: 'sda3',
    type: 'part',
    fstype: 'crypto_LUKS',
    mountpoints: [null],
    children: [{ name: 'sda3_crypt', type: 'crypt', fstype: 'LVM2_member', mountpoints: [null], children }],
  })
  const boot = { name: 'sda1', type: 'part', fstype: 'ext4', mountpoints: ['/boot'] }
  const disks = (...children: object[]) =>
    JSON.stringify({ blockdevices: [{ name: 'sda', type: 'disk', rm: false, mountpoints: [null], children }] })
  const old = (text: string) =>
    text.replace(/"mountpoints":\[(null|"[^"]*")\]/g, '"mountpoint":$1').replaceAll('"rm":false', '"rm":"0"')
  it.each<[string, string, unknown]>([
    [
      'LUKS under LVM; /boot is clear',
      disks(boot, luks(root, swap)),
      [{ mount: '/', system: true, state: 'protected', method: 'luks' }],
    ],
    ['the same of an old util-linux', old(disks(boot, luks(root, swap))), system('protected')],
    ['swap lies open', disks(luks(root), { ...swap, name: 'sda2', type: 'part' }), system('partial')],
    [
      'swap that is not in use lies open',
      disks(luks(root), { ...swap, name: 'sda2', mountpoints: [null] }),
      system('partial'),
    ],
    ['nothing is encrypted', disks(boot, root), system('off')],
    [
      'data beside it lies open',
      disks(luks(root), { name: 'sda4', type: 'part', fstype: 'xfs', mountpoints: ['/srv'] }),
      [
        expect.objectContaining({ mount: '/', state: 'protected' }),
        { mount: '/srv', system: false, state: 'off', method: null },
      ],
    ],
    [
      "somebody's home is told without the name",
      disks(luks(root, { ...root, name: 'h', mountpoints: ['/home/alice'] })),
      [expect.objectContaining({ mount: '/' }), expect.objectContaining({ mount: '/home', state: 'protected' })],
    ],
    [
      'one of two disks of a volume lies open',
      disks(luks(root), { name: 'sda4', type: 'part', children: [root] }),
      system('off'),
    ],
    [
      'a list with parents',
      JSON.stringify({
        blockdevices: [
          { name: 'sda', type: 'disk' },
          { name: 'c', type: 'crypt', pkname: 'sda' },
          { name: 'r', type: 'lvm', pkname: 'c', mountpoint: '/' },
        ],
      }),
      system('protected'),
    ],
    [
      'pairs',
      'NAME="sda" TYPE="disk" MOUNTPOINT="" PKNAME=""\nNAME="c" TYPE="crypt" MOUNTPOINT="/" PKNAME="sda"\n',
      system('protected'),
    ],
    [
      'the tree for people',
      'NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINT\nsda 8:0 0 20G 0 disk \n├─sda1 8:1 0 1G 0 part /boot\n└─sda2 8:2 0 19G 0 part \n  └─c 254:0 0 19G 0 crypt \n    └─vg-root 254:1 0 18G 0 lvm /\n',
      system('protected'),
    ],
    [
      'the tree, open',
      'NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nsda 8:0 0 20G 0 disk \n└─sda1 8:1 0 20G 0 part /\n',
      system('off'),
    ],
    ['no system volume', disks(boot), { code: 'empty' }],
    ['not lsblk', '{"a":1}', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('lsblk-encryption', text)).toEqual(want))
})

describe('zfs get', () => {
  const rows = (...all: readonly (readonly string[])[]) => `${all.map((row) => row.join('\t')).join('\n')}\n`
  it.each<[string, string, unknown]>([
    [
      'the key is loaded',
      rows(['rpool/a', 'encryption', 'aes-256-gcm'], ['rpool/a', 'keystatus', 'available']),
      one({ mount: 'zpool rpool', state: 'protected' }),
    ],
    [
      'the system',
      rows(
        ['r/ROOT', 'encryption', 'aes-256-gcm'],
        ['r/ROOT', 'keystatus', 'available'],
        ['r/ROOT', 'mountpoint', '/'],
      ),
      system('protected'),
    ],
    ['off', rows(['rpool', 'off'], ['rpool', '-']), one({ state: 'off', method: null })],
    ['name and value only', rows(['tank', 'aes-256-gcm'], ['tank', 'available']), one({ state: 'protected' })],
    ['the key is not there', rows(['tank', 'aes-256-gcm'], ['tank', 'unavailable']), one({ state: 'locked' })],
    ['the state of the key is not told', rows(['tank', 'aes-256-gcm']), one({ state: 'locked' })],
    [
      'half of it',
      rows(['tank/a', 'off'], ['tank/b', 'aes-128-ccm'], ['tank/b', 'available']),
      one({ state: 'partial' }),
    ],
    [
      'a table',
      'NAME  PROPERTY    VALUE        SOURCE\ntank  encryption  off          default\n',
      one({ state: 'off' }),
    ],
    ['no property', rows(['tank', 'available']), { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('zfs-encryption', text)).toEqual(want))
})
