/** What kind of update Windows offers. By GUID of its categories, which are not translated; by title only where nothing else was told. Pure. */
import type { WindowsRecord } from '../windows/records.ts'

/** GUIDs of update classifications (Microsoft, "Update classification GUIDs" of the Windows Update Agent). */
const SECURITY = ['0fa1201d-4330-4fa8-8ae9-b877473b6441', 'e6cf1350-c01b-414d-a61f-263d14d133b4']
const DEFINITION = 'e0789628-ce08-4437-be74-2495b842f43b'
const DRIVER = 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0'
/** Signatures and the platform of Defender and of Windows Security, and the monthly removal tool: they come several times a day or by themselves. */
const DEFINITION_KB = /KB(?:2267602|4052623|5007651|890830|2310138|915597)\b/i
const SECURITY_TITLE =
  /Security (?:Monthly Quality Rollup|Only Quality Update|Update)\b|^(?:\d{4}-\d\d )?Cumulative (?:Security )?Update for (?:Windows|Microsoft server|Azure Stack|Internet Explorer)/i
/** The same in German, French, Spanish, Italian, Dutch, Portuguese and Polish. */
const TRANSLATED_SECURITY =
  /Sicherheitsupdate\b|Mise à jour de sécurité|Actualización de seguridad|Aggiornamento (?:della |di )?(?:sicurezza|protezione)|Beveiligingsupdate\b|Atualização de Segurança|Aktualizacja zabezpieczeń/i
const TRANSLATED_CUMULATIVE =
  /^(?:\d{4}-\d\d )?(?:Kumulatives Update für|Mise à jour cumulative pour|Actualización acumulativa para|Aggiornamento cumulativo per|Cumulatieve update voor|Atualização Cumulativa para(?: o)?|Aktualizacja zbiorcza systemu) Windows/i
/** What closes no hole yet: previews of the next month, in the same languages. */
const PREVIEW = /\bPreview\b|vorschau|\bAperçu\b|\bVersión preliminar\b|\bAnteprima\b|\bVoorbeeld|\bPré-visualização\b/i
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** `unclear`: neither categories nor a severity were told. */
export type WindowsKind = 'security' | 'definition' | 'other' | 'unclear'

/** The kind of one update as the Windows Update Agent describes it. */
export function kindOfUpdate(record: WindowsRecord): WindowsKind {
  const guids = guidsOf(record)
  const title = record.text('Title', 512) ?? ''
  if (
    guids.includes(DEFINITION) ||
    DEFINITION_KB.test(title) ||
    DEFINITION_KB.test(`KB${record.text('KBArticleIDs') ?? ''}`)
  )
    return 'definition'
  const isDriver = record.number('Type') === 2 || guids.includes(DRIVER)
  if (isDriver || record.flag('BrowseOnly') === true) return 'other'
  if (guids.some((guid) => SECURITY.includes(guid)) || isSevere(record.text('MsrcSeverity'))) return 'security'
  return guids.length === 0 ? kindOfTitle(title) : 'other'
}

function isSevere(severity: string | null): boolean {
  return severity !== null && !/^(?:unspecified|none|unknown|0)$/i.test(severity)
}

function guidsOf(record: WindowsRecord): readonly string[] {
  const nested = record.records('Categories').flatMap((one) => one.text('CategoryID') ?? [])
  const flat = [...record.texts('Categories'), ...record.texts('CategoryIDs')]
  return [...nested, ...flat].flatMap((text) => text.match(GUID) ?? []).map((guid) => guid.toLowerCase())
}

/** A title proves that an update is one of security, never that it is not: titles are translated. */
export function kindOfTitle(title: string): WindowsKind {
  if (DEFINITION_KB.test(title) || /^(?:Security Intelligence|Definition) Update/i.test(title)) return 'definition'
  if (PREVIEW.test(title)) return 'other'
  if ([SECURITY_TITLE, TRANSLATED_SECURITY, TRANSLATED_CUMULATIVE].some((one) => one.test(title))) return 'security'
  return 'unclear'
}

/**
 * What stays the same from month to month: "2026-08 Cumulative Update for Windows 11 (KB5063878) (26100.4946)" → "Cumulative Update for
 * Windows 11". Each month's replaces the last one, so that by it a machine that never installs any is known to be behind since the first.
 */
export function lineOfUpdate(title: string): string {
  const plain = title
    .slice(0, 512)
    .replace(/\[[^\]]{0,40}\]\s{0,4}$/, '')
    .replace(/\(\s{0,2}(?:KB\d{4,8}|[\d.]{3,20}|Version [\d.]{1,30})\s{0,2}\)/gi, '')
    .replace(/^\d{4}-\d\d\s{1,4}/, '')
    .replace(/\s{2,}/g, ' ')
    .trim()
  return (plain === '' ? title.trim() : plain).slice(0, 128).toWellFormed()
}

/** `KB5063878`; null: the title names none. */
export function kbOf(title: string): string | null {
  return /\bKB\d{6,8}\b/i.exec(title)?.[0].toUpperCase() ?? null
}
