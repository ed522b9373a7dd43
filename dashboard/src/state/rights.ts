/** What the reader's role allows: the server decides, the page only leaves out what would be refused. */
import { session } from './session.ts'

const roleNow = (): string => (session.value === null || session.value === 'asking' ? '' : session.value.person.role)

/** Runs the installation. */
export const isOwner = (): boolean => roleNow() === 'owner'
/** Looks after clients. */
export const isKeeper = (): boolean => isOwner() || roleNow() === 'operator'
