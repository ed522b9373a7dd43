/** What a machine runs in: nothing, a virtual machine or a container. Pure. */
import type { SystemSection } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'

/** Source id; also the `source` of the part when systemd told it. */
export const DETECT_VIRT = 'system/systemd-detect-virt'

/** Kind and whether it is a container, as the section has it. */
export type Virtualization = Extract<SystemSection['virtualization'], { state: 'value' }>['value']

/** Container names of systemd-detect-virt(1); `container-other` is its word for one that it does not know. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'systemd-nspawn lxc-libvirt lxc openvz docker podman rkt wsl proot pouch container-other unknown-container'.split(
    ' ',
  ),
)

/** @param kind word of systemd-detect-virt or of the fallbacks below. */
export function virtualization(kind: string): Virtualization {
  const word = kind === 'container-other' ? 'unknown-container' : kind.slice(0, 32)
  return { kind: word, container: CONTAINERS.has(kind) }
}

/** Prints one word; `none` comes with exit 1. Errors: `empty`, `parse` when it is not one word. */
export function parseDetectVirt(text: string): Result<Virtualization, Failure> {
  const word = text.trim()
  if (word === '') return err({ code: 'empty', detail: 'systemd-detect-virt printed nothing' })
  if (!/^[a-z][a-z0-9-]{1,31}$/.test(word))
    return err({ code: 'parse', detail: `systemd-detect-virt: ${word.slice(0, 80)}` })
  return ok(virtualization(word))
}

/** What the fallbacks looked at; null: not there or not readable. */
export type VirtualizationClues = {
  /** `container=` in the environment of process 1. */
  readonly container: string | null
  readonly dockerenv: boolean
  readonly containerenv: boolean
  readonly cgroup: string | null
  readonly kernelVersion: string | null
  /** DMI vendor, product and BIOS vendor in one text. */
  readonly dmi: string | null
  readonly cpuinfo: string | null
}

const CGROUPS: readonly (readonly [RegExp, string])[] = [
  [/\/(?:docker|kubepods|containerd|cri-containerd)/, 'docker'],
  [/\/(?:libpod|machine\.slice\/libpod)/, 'podman'],
  [/\/lxc(?:\.payload|\/|\b)/, 'lxc'],
]

/** Names in DMI (the list of systemd's virt.c, shortened to what firms meet). */
const HYPERVISORS: readonly (readonly [RegExp, string])[] = [
  [/vmware/i, 'vmware'],
  [/virtualbox|innotek/i, 'oracle'],
  [/microsoft corporation[\s\S]*virtual machine/i, 'microsoft'],
  [/xen/i, 'xen'],
  [/parallels/i, 'parallels'],
  [/amazon ec2/i, 'amazon'],
  [/google compute engine/i, 'google'],
  [/\bkvm\b|red hat|openstack/i, 'kvm'],
  [/qemu|bochs/i, 'qemu'],
]

/** Containers before hypervisors: a container in a virtual machine is a container. Nothing found is `none` only if DMI or cpuinfo was read. */
export function guessVirtualization(clues: VirtualizationClues): Virtualization | null {
  if (clues.container !== null) {
    const known = CONTAINERS.has(clues.container)
    return virtualization(known ? clues.container : 'unknown-container')
  }
  if (clues.dockerenv) return virtualization('docker')
  if (clues.containerenv) return virtualization('podman')
  const group = CGROUPS.find(([pattern]) => pattern.test(clues.cgroup ?? ''))
  if (group !== undefined) return virtualization(group[1])
  if (/microsoft/i.test(clues.kernelVersion ?? '')) return virtualization('wsl')
  const hypervisor = HYPERVISORS.find(([pattern]) => pattern.test(clues.dmi ?? ''))
  if (hypervisor !== undefined) return virtualization(hypervisor[1])
  if (/^flags\s*:.*\bhypervisor\b/m.test(clues.cpuinfo ?? '')) return virtualization('vm-other')
  return clues.dmi === null && clues.cpuinfo === null ? null : virtualization('none')
}

/** `system/systemd-detect-virt`: its one word. */
export const detectVirt: Source<'system'> = {
  id: DETECT_VIRT,
  check: 'system',
  parse: (input) => {
    const found = parseDetectVirt(decode(input.stdout))
    return found.ok ? ok({ parts: { virtualization: read(DETECT_VIRT, found.value) }, samples: {} }) : found
  },
}
