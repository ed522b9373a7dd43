/** English texts of the rules about who can get at the machine and its data. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'

/** English texts of the rules about encryption, remote desktop, old file sharing, the start and the guards of the system. */
export const access: Pick<
  RuleTextsAbout<'posture'>,
  | 'posture/encryption-off'
  | 'posture/encryption-suspended'
  | 'posture/rdp-without-nla'
  | 'posture/smb1-on'
  | 'posture/secure-boot-off'
  | 'posture/guards-off'
> = {
  'posture/encryption-off': {
    name: 'Disk encryption',
    title: (v) =>
      v.state === 'encrypting'
        ? `The volume ${v.volume} is being encrypted and not protected until that is done.`
        : v.state === 'decrypting'
          ? `The encryption of the volume ${v.volume} is being removed.`
          : v.state === 'partial'
            ? `The volume ${v.volume} is encrypted only in part.`
            : `The volume ${v.volume} is not encrypted.`,
    looked: (v) => `What the system says about the encryption of ${v.volume}, and of its swap.`,
    todo: (v) =>
      v.state === 'encrypting'
        ? 'Leave the machine on until it is done.'
        : 'Store the recovery key outside the machine first. Then switch on BitLocker or FileVault; on Linux, LUKS is chosen when the system is installed, and swap is encrypted with it.',
    manager: () =>
      'If this machine is lost or stolen, the finder reads every file on it without any password. That can be a case for the data protection authority.',
    impact: 'Whoever takes the machine or its disk can read everything on it.',
    blind: 'Whether the disks of this machine are encrypted could not be told.',
  },
  'posture/encryption-suspended': {
    name: 'Encryption suspended',
    title: (v) => `The volume ${v.volume} is encrypted, but its protection is suspended.`,
    looked: (v) => `The protection status of ${v.volume}: the data is encrypted and the key lies open beside it.`,
    todo: (v) => `Switch the protection on again as administrator: manage-bde -protectors -enable ${v.volume}.`,
    manager: () =>
      'The disk looks encrypted and protects nothing: whoever takes it finds the key with it. It takes ten minutes to mend.',
    impact: 'Whoever takes the machine finds the key beside the lock.',
    blind: 'Whether the protection of the encrypted disks is on could not be told.',
  },
  'posture/rdp-without-nla': {
    name: 'Remote Desktop sign-in',
    title: (v) =>
      `Remote Desktop accepts connections without asking first who it is${v.port === null ? '' : ` (port ${v.port})`}.`,
    looked: () => 'The settings of Remote Desktop: fDenyTSConnections and UserAuthentication, policy first.',
    todo: () =>
      'Require Network Level Authentication (System, Remote settings, or by policy). Where nobody needs Remote Desktop, switch it off.',
    manager: () =>
      'Anybody on the network reaches the sign-in screen of this machine, and every flaw of it. Most ransomware comes in through Remote Desktop.',
    impact: 'Flaws of the sign-in screen can be used by anybody who reaches the machine.',
    blind: 'Whether Remote Desktop asks who it is could not be told.',
  },
  'posture/smb1-on': {
    name: 'Old file sharing (SMB 1)',
    title: () => 'The machine answers to SMB 1, a way of sharing files from 1987.',
    looked: () => 'Whether the file server of the system offers the first version of SMB.',
    todo: () =>
      'Find out which old device still needs it (scanners often do), then on Windows: Disable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol. On Samba: server min protocol = SMB2.',
    manager: () =>
      'This old door let the WannaCry attack through whole companies. It should be shut, and what still needs it replaced.',
    impact: 'Worms use this protocol to spread from machine to machine.',
    blind: 'Whether the machine answers to SMB 1 could not be told.',
  },
  'posture/secure-boot-off': {
    name: 'Secure Boot',
    title: () => 'Secure Boot is off.',
    looked: () => 'The variable SecureBoot of the firmware.',
    todo: () =>
      'Switch it on in the settings of the firmware. With BitLocker, suspend the protection before and have the recovery key at hand.',
    manager: () =>
      'The machine does not check what it starts. Malicious software that sits below the system would not be noticed.',
    impact: 'What starts before the system is checked by nobody.',
    blind: 'Whether Secure Boot is on could not be told.',
  },
  'posture/guards-off': {
    name: 'Guards of the system',
    title: (v) =>
      v.guard === 'uac'
        ? 'User Account Control is switched off.'
        : v.guard === 'sip'
          ? 'System Integrity Protection is off, or on in part only.'
          : 'Gatekeeper is switched off.',
    looked: (v) =>
      v.guard === 'uac'
        ? 'The registry value EnableLUA.'
        : v.guard === 'sip'
          ? 'What csrutil status says.'
          : 'What spctl --status says.',
    todo: (v) =>
      v.guard === 'uac'
        ? 'Set EnableLUA to 1 and restart.'
        : v.guard === 'sip'
          ? 'Start the recovery system, run csrutil enable, and restart.'
          : 'Switch it on: spctl --global-enable.',
    manager: () =>
      'A protection that the maker built in was switched off. Programs can change the system without anybody being asked.',
    impact: 'Programs may change the system without anybody being asked.',
    blind: 'Whether the guards of the system are on could not be told.',
  },
}
