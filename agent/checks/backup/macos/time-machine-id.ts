/** Name of a Time Machine destination in ids: the first part of its UUID, so that every source speaks of the same job. Pure. */

/** `511D3A0B-8810-…` → `511d3a0b`; without a UUID the name of the volume. */
export function timeMachineId(uuid: string | null, volume: string | null): string {
  const first = /^([0-9A-Fa-f]{8})-/.exec(uuid ?? '')?.[1]
  return first?.toLowerCase() ?? volume ?? 'destination'
}
