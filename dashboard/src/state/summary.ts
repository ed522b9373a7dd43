/** The counts beside the navigation and who needs the reader now; kept by whichever page last saw Today's answer. */
import { signal } from '@preact/signals'
import type { TodayView } from '../../../shared/api/views.ts'

export type Summary = {
  readonly urgent: number
  readonly clients: number
  readonly machines: number
  readonly open: number
  readonly needs: readonly { readonly name: string; readonly href: string }[]
}

export const summary = signal<Summary | null>(null)

/** A client that needs the reader leads to its page. */
export function summarize(view: TodayView): void {
  const needs = view.rows.filter((row) => Object.values(row.dials).includes('urgent')).slice(0, 5)
  summary.value = {
    urgent: view.urgent.length + view.urgentMore,
    clients: view.clients,
    machines: view.machines,
    open: view.rows.reduce((sum, row) => sum + row.open, 0),
    needs: needs.map((row) => ({ name: row.name, href: `/c/${encodeURIComponent(row.slug)}` })),
  }
}
