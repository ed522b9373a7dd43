/** Batteries from the values of /sys/class/power_supply. Pure. */
import type { Battery } from '../../../shared/checks/system.ts'

/** Values of one entry by file name (`type`, `energy_full`), as text. */
export type PowerSupply = { readonly name: string; readonly values: { readonly [file: string]: string | undefined } }

/** Files that are read of each entry. */
export const POWER_SUPPLY_FILES = [
  'type',
  'scope',
  'present',
  'energy_full',
  'energy_full_design',
  'charge_full',
  'charge_full_design',
  'voltage_min_design',
  'cycle_count',
] as const

/**
 * Capacity in mWh. A battery that counts charge (µAh) is turned into energy by its design voltage; without one both figures
 * stay in mAh, which leaves their ratio right. `fullCapacity` is rounded to 1 % of the design, because it moves a little
 * with every charge and a section must not change for that.
 * @returns null when it is no battery of the machine: mains, a UPS, or that of a mouse (`scope` Device).
 */
export function parseBattery({ name, values }: PowerSupply): Battery | null {
  if (values['type']?.trim() !== 'Battery' || values['scope']?.trim() === 'Device' || values['present']?.trim() === '0')
    return null
  const energy = (file: string) => scaled(figure(values[file]), 1_000)
  const volts = figure(values['voltage_min_design'])
  const charge = (file: string) => scaled(figure(values[file]), volts === null ? 1_000 : 1_000_000_000 / volts)
  const designCapacity = energy('energy_full_design') ?? charge('charge_full_design')
  const full = energy('energy_full') ?? charge('charge_full')
  const cycles = figure(values['cycle_count'])
  return { name: name.slice(0, 64), designCapacity, fullCapacity: steadyCapacity(full, designCapacity), cycles }
}

/** Rounded to 1 % of the design. @param full and `design` in one unit; null: not told. */
export function steadyCapacity(full: number | null, design: number | null): number | null {
  if (full === null || design === null) return full
  return Math.round((Math.round((full * 100) / design) * design) / 100)
}

function scaled(value: number | null, divisor: number): number | null {
  return value === null ? null : Math.round(value / divisor)
}

/** 0 is how firmware says that it does not know. */
function figure(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? ''
  return /^\d{1,15}$/.test(trimmed) && Number(trimmed) > 0 ? Number(trimmed) : null
}
