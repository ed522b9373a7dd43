/** Fact rows of who can get at the machine and its data: encryption, remote desktop, old file sharing, accounts, screen, start. Pure. */
import type { CheckFacts } from '../../facts/facts.ts'
import { type RowDraft, rowOf, valueRow, yesNo } from './row.ts'

type PostureFacts = CheckFacts<'posture'>

/** Encryption first. */
export function accessRows(facts: PostureFacts): readonly RowDraft[] {
  const { remoteDesktop, smb1, accounts, screenLock, bootTrust } = facts.section
  return [
    ...encryptionRows(facts),
    rowOf({ facts, key: 'posture.remote-desktop', part: 'remoteDesktop' }, remoteDesktop, (value) => ({
      enabled: yesNo(value.enabled),
      networkLevelAuthentication: yesNo(value.networkLevelAuthentication),
      port: value.port,
      tools: value.tools.join(', '),
    })),
    rowOf({ facts, key: 'posture.smb1', part: 'smb1' }, smb1, ({ enabled }) => ({ enabled: yesNo(enabled) })),
    rowOf({ facts, key: 'posture.accounts', part: 'accounts' }, accounts, (value) => ({
      administrators: value.administrators,
      guestEnabled: yesNo(value.guestEnabled),
      automaticLogin: yesNo(value.automaticLogin),
      emptyPasswords: value.emptyPasswords,
      builtinAdministratorEnabled: yesNo(value.builtinAdministratorEnabled),
    })),
    rowOf({ facts, key: 'posture.screen-lock', part: 'screenLock' }, screenLock, (value) => ({ ...value })),
    rowOf({ facts, key: 'posture.boot-trust', part: 'bootTrust' }, bootTrust, ({ secureBoot, tpm }) => ({
      secureBoot: yesNo(secureBoot),
      tpm,
    })),
    ...guardRows(facts),
  ]
}

function encryptionRows(facts: PostureFacts): readonly RowDraft[] {
  const { encryption } = facts.section
  if (encryption.state !== 'value' || encryption.value.length === 0) {
    const row = { facts, key: 'posture.encryption', part: 'encryption' } as const
    return [rowOf(row, encryption, (list) => ({ count: list.length }))]
  }
  return encryption.value.map(({ mount, state, method }) =>
    valueRow({ facts, key: 'posture.encrypted-volume', part: 'encryption', item: mount }, encryption.source, {
      mount,
      state,
      method,
    }),
  )
}

/** A system that has none of these guards (Linux) has no row for them. */
function guardRows(facts: PostureFacts): readonly RowDraft[] {
  const { guards } = facts.section
  if (guards.state === 'value' && Object.values(guards.value).every((guard) => guard === null)) return []
  return [
    rowOf({ facts, key: 'posture.guards', part: 'guards' }, guards, ({ gatekeeper, sip, uac }) => ({
      gatekeeper: yesNo(gatekeeper),
      sip: yesNo(sip),
      uac: yesNo(uac),
    })),
  ]
}
