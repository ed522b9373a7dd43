/** What is new waits here until the reader asks for it. Announces politely. */
import { format, t } from '../state/session.ts'

export function NewPill({ waiting, reveal }: { waiting: number; reveal: () => void }) {
  return (
    <div class="newpill" role="status">
      {waiting > 0 && (
        <button class="btn" type="button" onClick={reveal}>
          {t.value.newToShow(waiting, format.value)}
        </button>
      )}
    </div>
  )
}
