/** What stands beside Today: asked apart, and not at each change, for the server reads the clients' files for it. */
import type { AroundView } from '../../../../shared/api/client.ts'
import { useView } from '../../state/use-view.ts'

/** @returns null: not answered yet. */
export function useAround(): AroundView | null {
  return useView<AroundView>('/api/v1/around', () => false).view
}
