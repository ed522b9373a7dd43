/** Section `posture`: firewall, encryption, remote access, accounts, boot, power, time. People read it as "access and encryption". Pure. */
import { type Static, Type } from 'typebox'
import { count, oneOf, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Profile = strict({
  name: oneOf(['domain', 'private', 'public']),
  enabled: Type.Boolean(),
  inbound: orNull(oneOf(['drop', 'accept'])),
})

const EncryptedVolume = strict({
  /** Mount point or drive letter; the item in findings. */
  mount: text(512),
  /** The system disk. */
  system: Type.Boolean(),
  /**
   * `suspended`: encrypted with a key that lies open beside it, so nobody is protected. `partial`: some of it is not encrypted (swap, a
   * home only). `locked`: the source could not look inside.
   */
  state: oneOf(['protected', 'suspended', 'off', 'partial', 'encrypting', 'decrypting', 'locked']),
  /** `xts-aes-128`, `luks`, `filevault`, `zfs`…; null: not told. */
  method: orNull(text(64)),
})

const Ups = strict({
  name: text(64),
  status: oneOf(['online', 'on-battery', 'low-battery', 'bypass', 'off', 'unknown']),
  replaceBattery: orNull(Type.Boolean()),
})

/**
 * Samples: `time:offsetMicroseconds` (absolute offset that the time daemon states), `ups:<name>:chargePercent`,
 * `ups:<name>:runtimeSeconds`, `ups:<name>:loadPercent`.
 */
export const PostureSection = strict({
  samples: SampleKeys,
  firewall: readingOf(
    strict({
      /** `ufw`, `firewalld`, `nftables`, `iptables`; null: none of them was found. */
      tool: orNull(text(32)),
      enabled: Type.Boolean(),
      /** Comes back after a restart; null: could not tell. */
      startsAtBoot: orNull(Type.Boolean()),
      /** What happens to inbound traffic that no rule names; null: could not tell. */
      inbound: orNull(Type.Union([Type.Literal('drop'), Type.Literal('accept')])),
      /** Windows: one per network kind; enabled above is true only when every one is. Absent: the tool has no profiles. */
      profiles: Type.Optional(Type.Array(Profile, { maxItems: 3 })),
    }),
  ),
  /** Fixed volumes and whether a thief could read them. */
  encryption: readingOf(Type.Array(EncryptedVolume, { maxItems: 64 })),
  /** Remote desktop of the system itself, and other tools for remote control whose service is installed. */
  remoteDesktop: readingOf(
    strict({
      enabled: Type.Boolean(),
      /** Asks who it is before a session starts (NLA); null: not told or no such thing here. */
      networkLevelAuthentication: orNull(Type.Boolean()),
      port: orNull(count()),
      /** `teamviewer`, `anydesk`, `rustdesk`, `screen-sharing`… */
      tools: Type.Array(text(64), { maxItems: 16 }),
    }),
  ),
  /** The first version of SMB answers. */
  smb1: readingOf(strict({ enabled: Type.Boolean() })),
  /** Counts only, no names. */
  accounts: readingOf(
    strict({
      administrators: orNull(count()),
      guestEnabled: orNull(Type.Boolean()),
      automaticLogin: orNull(Type.Boolean()),
      emptyPasswords: orNull(count()),
      /** The built-in administrator (RID 500, root) may sign in by password; null: not told. */
      builtinAdministratorEnabled: orNull(Type.Boolean()),
    }),
  ),
  /** `no-screen`: nobody sits in front of it (a server without a desktop). */
  screenLock: readingOf(strict({ state: oneOf(['on', 'off', 'no-screen']), afterSeconds: orNull(count()) })),
  bootTrust: readingOf(
    strict({
      /** null: the machine has no such thing (legacy BIOS) or it was not told. */
      secureBoot: orNull(Type.Boolean()),
      /** Version of the TPM (`2.0`); `none`: there is none; null: not told. */
      tpm: orNull(text(16)),
    }),
  ),
  /** Guards of the system: Gatekeeper and SIP (macOS), UAC (Windows); null: not of this system or not told. Linux: all null. */
  guards: readingOf(
    strict({ gatekeeper: orNull(Type.Boolean()), sip: orNull(Type.Boolean()), uac: orNull(Type.Boolean()) }),
  ),
  /** Empty list: a UPS service was asked and knows none. `never`: no such service here. */
  ups: readingOf(Type.Array(Ups, { maxItems: 8 })),
  /** Remote login by SSH. Value with running false: no server listens. */
  sshd: readingOf(
    strict({
      running: Type.Boolean(),
      /** Effective `PermitRootLogin`; null: could not tell. */
      rootLogin: orNull(
        Type.Union([
          Type.Literal('yes'),
          Type.Literal('no'),
          Type.Literal('keys-only'),
          Type.Literal('forced-commands'),
        ]),
      ),
      passwordLogin: orNull(Type.Boolean()),
      ports: Type.Array(count(), { maxItems: 16 }),
      /** Listens beyond loopback; null: could not tell. */
      reachable: orNull(Type.Boolean()),
    }),
  ),
  time: readingOf(
    strict({
      synchronized: Type.Boolean(),
      /** Daemon that keeps the clock (`systemd-timesyncd`, `chrony`, `ntpd`); null: none runs. */
      tool: orNull(text(32)),
      enabled: orNull(Type.Boolean()),
    }),
  ),
})
export type PostureSection = Static<typeof PostureSection>
export type EncryptedVolume = Static<typeof EncryptedVolume>
export type Ups = Static<typeof Ups>
