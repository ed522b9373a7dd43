/** Machines without a story, for worlds larger than the demo. Pure. */
import type { MachineSpec } from './machine-spec.ts'
import { desktop, laptop, nightlyOffsite, server } from './make-machine.ts'

const CLOUD = 's3.example.net/extra'
const WIDTH = 3

/** So many machines, one server and two laptops to every ten. */
export function extraMachines(count: number, sites: readonly string[]): readonly MachineSpec[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(WIDTH, '0')
    const base = { key: `extra-${number}`, site: sites[at % sites.length] ?? '', place: `Bureau ${at + 1}` }
    if (at % 10 === 0) {
      return server({
        ...base,
        name: `SRV-${number}`,
        os: 'debian-13',
        jobs: [nightlyOffsite('nuit', CLOUD, 30 + at, 80)],
      })
    }
    return at % 10 < 3 ? laptop({ ...base, name: `LT-${number}` }) : desktop({ ...base, name: `PC-${number}` })
  })
}
