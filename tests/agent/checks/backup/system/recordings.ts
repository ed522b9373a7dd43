/**
 * Outputs of Windows and macOS written after the documentation, for the tests of this folder. Pure.
 * SOURCE: events of Microsoft-Windows-Backup after the XML in mickem/nscp#330; Veeam after appendix A of the Veeam Agent user guide and
 * the event reference of Veeam Backup & Replication; Get-WBSummary after learn.microsoft.com and its published outputs; Time Machine after
 * the keys that plaso reads; Cobian after the check_mk plugin for it. Names, ids and times are ours.
 */

/** The moment at which everything here is collected. */
export const NOW = Date.UTC(2026, 10, 25, 15)
/** The last good night, and the one before. */
export const NIGHT = '2026-11-25T03:10:00.0000000Z'
export const NIGHT_MS = Date.parse(NIGHT.replace('0000000', '000'))
export const EARLIER = '2026-11-24T03:10:00.0000000Z'
export const LATER = '2026-11-25T04:00:00.0000000Z'

/** One event as the agent's script prints it. */
export type Event = { readonly [key: string]: unknown }
export const event = (id: number, level: number | null, at: string, more: Event = {}): Event => ({
  Id: id,
  Level: level,
  TimeCreated: at,
  RecordId: id + Math.floor(Date.parse(at.replace('0000000', '000')) / 1_000),
  ProviderName: 'Microsoft-Windows-Backup',
  Data: {},
  Text: '',
  ...more,
})

/** The script's document with one block, one key a line. */
export const block = (name: string, ok: unknown): string =>
  JSON.stringify({ rounds: 1, blocks: { [name]: { ok } } }, null, 1)

/** A log that exists, with events. */
export const log = (name: string, ...events: readonly Event[]): string => block(name, [{ LogExists: true }, ...events])

/** One event as `wevtutil qe /f:xml` prints it. */
export const xmlEvent = (
  id: number,
  level: number,
  at: string,
  data = '',
  provider = 'Microsoft-Windows-Backup',
): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}' Guid='{1db28f2e-8f80-4027-8c5a-a11f7f10f62d}'/><EventID>${id}</EventID><Version>3</Version><Level>${level}</Level><TimeCreated SystemTime='${at}'/><EventRecordID>${id}</EventRecordID><Channel>x</Channel></System><EventData>${data}</EventData></Event>`

/** Success of Windows Server Backup to a share. */
export const GOOD_NIGHT = log(
  'windows-backup-events',
  event(1, 4, '2026-11-25T03:00:00.0000000Z'),
  event(4, 4, NIGHT, { Data: { HRESULT: '0x0', DetailedHRESULT: '0x0', BackupTarget: '\\\\nas01\\backup' } }),
  event(14, 4, '2026-11-25T03:10:01.0000000Z'),
)

/** Success, then a failure of a number that no list names. */
export const BAD_NIGHT = log('windows-backup-events', event(4, 4, EARLIER), event(561, 2, LATER))

/** Get-WBSummary as the agent's script prints it. */
export const summary = (more: Event = {}): string =>
  block('windows-backup-summary', [
    {
      NextBackupTime: '2026-11-26T03:00:00.0000000Z',
      NumberOfVersions: 12,
      LastSuccessfulBackupTime: NIGHT,
      LastSuccessfulBackupTargetPath: '\\\\?\\Volume{efb0c152-7d1a-4a8c-88f9-f27c47a58bf3}',
      LastBackupTime: NIGHT,
      LastBackupResultHR: 0,
      LastBackupResultDetailedHR: 0,
      DetailedMessage: '',
      ...more,
    },
  ])

const date = (iso: string) => `<date>${iso}</date>`

/** com.apple.TimeMachine.plist as XML. */
export const timeMachine = (
  more: {
    readonly result?: number | null
    readonly dates?: readonly string[]
    readonly auto?: boolean
    readonly tried?: string
  } = {},
) => {
  const { result = 0, dates = ['2026-11-24T22:00:00Z', '2026-11-25T14:00:00Z'], auto = true, tried } = more
  const attempts = tried === undefined ? '' : `<key>AttemptDates</key>\n<array>\n<date>${tried}</date>\n</array>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
<key>AutoBackup</key>
<${auto}/>
<key>Destinations</key>
<array>
<dict>
${attempts}<key>DestinationID</key>
<string>511D3A0B-8810-4704-B45B-E2A2FFC26DAE</string>
<key>LastKnownVolumeName</key>
<string>Backup 2</string>
<key>LastKnownEncryptionState</key>
<string>Encrypted</string>
<key>SnapshotDates</key>
<array>
${dates.map(date).join('\n')}
</array>
${result === null ? '' : `<key>RESULT</key>\n<integer>${result}</integer>`}
</dict>
</array>
</dict>
</plist>
`
}
