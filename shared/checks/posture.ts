/** Section `posture`: firewall, remote login, time. People read it as "access and encryption". Pure. */
import { type Static, Type } from 'typebox'
import { count, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

/** Samples: `time:offsetMicroseconds` (absolute offset that the time daemon states). */
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
    }),
  ),
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
