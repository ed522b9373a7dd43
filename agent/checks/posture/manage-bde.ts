/**
 * `manage-bde -status [X: -protectionaserrorlevel]` → encryption of the volumes. Its text is translated: what is known of English, German,
 * French and Spanish is read; else only the exit code 1 of `-protectionaserrorlevel` proves something ("not protected"). Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type BitLockerVolume, encryptedVolumes } from './bitlocker-volume.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'

const NOT_PROTECTED = 1
/** `Volume C: [Windows]`, `Volume "C:" [Windows]`, `Volumen C:`; also `Lecteur`. */
const VOLUME = /^\s{0,8}(?:Volume|Volumen|Lecteur)\s{1,4}["„«]?\s?([A-Z]:)/i
const SYSTEM =
  /^\s{0,8}\[(?:OS Volume|Betriebssystemvolume|Volume du syst.{0,3}me d.exploitation|Volumen del sistema operativo)\]/i
const ON = /^(?:Protection On|Der Schutz ist aktiviert|Protection activ.{1,2}e|Protecci.{1,2}n activada)\b/i
const OFF =
  /^(?:Protection Off|Der Schutz ist deaktiviert|Protection d.{1,2}sactiv.{1,2}e|Protecci.{1,2}n desactivada)\b/i
const UNLOCKED = /^(?:Unlocked|Entsperrt|D.{1,2}verrouill.{1,2}|Desbloqueado)\s*$/i
const LOCKED = /^(?:Locked|Gesperrt|Verrouill.{1,2}|Bloqueado)\s*(?:\(|$)/i
const CONVERSIONS: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:(?:Fully|Used Space Only) Encrypted|(?:Vollst.{1,3}ndig|Nur verwendeter Speicherplatz) verschl.{1,3}sselt)/i,
    1,
  ],
  [/^(?:Int.{1,2}gralement chiffr.{1,2}|Espace utilis.{1,2} uniquement chiffr.{1,2}|Completamente cifrado)/i, 1],
  [
    /^(?:Fully Decrypted|Vollst.{1,3}ndig entschl.{1,3}sselt|Int.{1,2}gralement d.{1,2}chiffr.{1,2}|Completamente descifrado)/i,
    0,
  ],
  [/^(?:Encryption (?:in Progress|Paused)|Verschl.{1,3}sselung (?:wird|angehalten)|Chiffrement en cours)/i, 2],
  [/^(?:Decryption (?:in Progress|Paused)|Entschl.{1,3}sselung (?:wird|angehalten)|D.{1,2}chiffrement en cours)/i, 3],
]

/** Errors: `access-denied`, `exit`, `empty`, `parse` (a volume whose protection stands in words that are not known). */
export function parseManageBde(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  if (exitCode !== 0 && exitCode !== NOT_PROTECTED) return noAnswer('manage-bde', text, stderr, exitCode)
  const volumes = blocksOf(text).map(volumeOf)
  if (volumes.length === 0) return noAnswer('manage-bde', text, stderr, exitCode)
  const judged = volumes.map((volume) => {
    if (volume.protection !== null || exitCode !== NOT_PROTECTED || volumes.length > 1) return volume
    return { ...volume, protection: 0 }
  })
  if (judged.some(({ protection, locked }) => protection === null && locked !== true))
    return err({ code: 'parse', detail: 'manage-bde: the protection is told in words that are not known' })
  return ok([...encryptedVolumes(judged)])
}

type Block = { readonly mount: string; readonly lines: readonly string[] }

function blocksOf(text: string): readonly Block[] {
  const blocks: { mount: string; lines: string[] }[] = []
  for (const line of text.split('\n', 4_000)) {
    const mount = VOLUME.exec(line.slice(0, 80))?.[1]
    if (mount === undefined) blocks.at(-1)?.lines.push(line.slice(0, 300))
    else blocks.push({ mount: mount.toUpperCase(), lines: [] })
  }
  return blocks
}

function volumeOf({ mount, lines }: Block): BitLockerVolume {
  const values = lines.map((line) => line.slice(line.indexOf(':') + 1).trim())
  const has = (pattern: RegExp) => values.some((value) => pattern.test(value))
  const conversion = CONVERSIONS.find(([pattern]) => has(pattern))?.[1] ?? null
  const isOff = has(OFF)
  return {
    mount,
    kind: lines.some((line) => SYSTEM.test(line)) ? 0 : null,
    protection: isOff ? 0 : has(ON) ? 1 : null,
    conversion,
    method: values.some((value) => /^XTS-AES 128/i.test(value))
      ? 6
      : has(/^XTS-AES 256/i)
        ? 7
        : has(/^AES 128/i)
          ? 3
          : has(/^AES 256/i)
            ? 4
            : null,
    locked: has(LOCKED) ? true : has(UNLOCKED) ? false : null,
  }
}

/** Errors as `parseManageBde`. */
export const manageBdeSource: Source<'posture'> = {
  id: 'posture/manage-bde',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/manage-bde', 'encryption', parseManageBde(decode(stdout), stderr, exitCode)),
}
