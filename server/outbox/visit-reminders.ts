/** The part of a pass that is about visits: which reminders are to be made, and which visit and end a claimed one belongs to. */
import type { ChannelRow } from '../channels/channel.ts'
import type { OutboxState, Person } from '../store/store.ts'
import { type PlannedReminders, planVisitReminders, remindersOf, type VisitReminder } from '../visits/reminders.ts'
import type { OutboxOptions } from './outbox.ts'

/** `find`: by the key of a notification; null: the visit was moved, opened or taken out, or its reader may no longer see the client. */
export type VisitPass = PlannedReminders & { readonly find: (sendKey: string) => VisitReminder | null }

/** Reads the visits of a client and says what is due. @param rows every channel. */
export async function readVisitReminders(
  { store, clock, isSending }: OutboxOptions,
  clientId: string,
  { visitKeys }: OutboxState,
  { rows, people }: { readonly rows: readonly ChannelRow[]; readonly people: readonly Person[] },
): Promise<VisitPass> {
  const visits = await store.client(clientId).visits()
  const hasMail = (await store.hub.mailServer()) !== null
  const options = { clientId, now: clock.now(), channels: rows, people, hasMail, isSending }
  const byKey = new Map(remindersOf(visits, options).map((reminder) => [reminder.key, reminder]))
  return { ...planVisitReminders(visits, visitKeys, options), find: (key) => byKey.get(key) ?? null }
}
