/** Takes user names and passwords out of addresses in a tool's words, before they become the detail of a reading or a recording. Pure. */

/** `scheme://user:password@host`; a password may hold anything but blanks, quotes and a slash, the last `@` ends it. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/"'<>]{1,512}@/gi

/** @returns the text with `***` in the place of whatever stood before the `@` of an address. */
export function withoutCredentials(text: string): string {
  return text.replace(USER_INFO, '$1***@')
}
