/** What one question to Windows is: a fragment of PowerShell whose answer becomes one block of the script's document. Pure data. */

/**
 * How often its script runs, one PowerShell each: `often` every 15 minutes (registry and light CIM only), `seldom` every 6 hours,
 * `daily` once a day, `updates` every 6 hours in a child of its own, because Windows Update may take minutes;
 * `updates-online` at most twice a day in another one, because it goes to the network.
 */
export const QUERY_RHYTHMS = ['often', 'seldom', 'daily', 'updates', 'updates-online'] as const
/** Name of a rhythm. */
export type QueryRhythm = (typeof QUERY_RHYTHMS)[number]

/**
 * One question. `block`: its name in the document, lower case with dashes. `script`: PowerShell that runs in 5.1 and in 7 and leaves
 * objects in the pipeline; it is wrapped in its own try/catch, and must select numbers, GUIDs and UTC instants
 * (`.ToUniversalTime().ToString('o')`), never translated text. It may not write anything, nor contain a single quote pair that a
 * here-string would end.
 */
export type WindowsQuery = {
  readonly block: string
  readonly rhythm: QueryRhythm
  readonly script: string
}
