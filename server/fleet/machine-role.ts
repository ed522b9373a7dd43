/** The role of a machine: what a person or its own configuration said, else what its hardware looks like. Pure. */
import type { Role } from '../../shared/checks/names.ts'
import type { SystemSection } from '../../shared/checks/system.ts'

/**
 * @param stated null: nobody said. A virtual machine or container without a chassis runs services, so it is judged as a server;
 * anything else that does not tell is judged as a desktop, the middle of the three.
 */
export function machineRole(stated: Role | null, { hardware, virtualization }: SystemSection): Role {
  if (stated !== null) return stated
  const chassis = hardware.state === 'value' ? hardware.value.chassis : null
  if (chassis === 'laptop' || chassis === 'server') return chassis
  if (virtualization.state === 'value' && virtualization.value.kind !== 'none') return 'server'
  return 'desktop'
}
