/** Secure Boot, TPM and the guards of the system. I/O through the probe; on Linux files only. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { askBlock, askFile, askProgram, partOf } from './ask-source.ts'
import { efivarsSource, SECURE_BOOT_VARIABLE } from './efivars.ts'
import { csrutilSource, spctlSource } from './guards-macos.ts'
import { windowsSecureBootSource } from './windows-secure-boot.ts'
import { windowsTpmSource } from './windows-tpm.ts'
import { windowsUacSource } from './windows-uac.ts'

const BOOT = 'posture/boot-trust'
const GUARDS = 'posture/guards'
const TPM_FOLDER = '/sys/class/tpm'

/** `posture/boot`. */
export const bootTask: Task<'posture'> = {
  id: 'posture/boot',
  check: 'posture',
  cadence: 'posture',
  parts: ['bootTrust', 'guards'],
  timeoutMs: 2 * MINUTE_MS,
  wake: [SECURE_BOOT_VARIABLE, '/var/db/SystemPolicyConfiguration'],
  collect: async (context) => ({
    parts: { bootTrust: await bootTrust(context), guards: await guards(context) },
    samples: {},
  }),
}

async function bootTrust(context: CollectContext): Promise<PostureSection['bootTrust']> {
  const { platform } = context.probe
  if (context.off.has(BOOT)) return failed(BOOT, { code: 'disabled', detail: 'switched off' })
  if (platform === 'linux') return onLinux(context)
  // Its start is guarded by hardware of its own, which tells no program about it without questions to a person.
  if (platform === 'darwin') return read(BOOT, { secureBoot: null, tpm: null })
  const boot = partOf(
    await askBlock(context, windowsSecureBootSource, 'secure-boot'),
    'bootTrust',
    windowsSecureBootSource.id,
  )
  if (boot.state !== 'value') return boot
  const tpm = partOf(await askBlock(context, windowsTpmSource, 'tpm'), 'bootTrust', windowsTpmSource.id)
  return read(boot.source, { ...boot.value, tpm: tpm.state === 'value' ? tpm.value.tpm : null })
}

async function onLinux(context: CollectContext): Promise<PostureSection['bootTrust']> {
  const { probe } = context
  const container = await readContainer(probe)
  if (container !== null) {
    const detail = `Container (${container}): the machine around it starts its kernel`
    return failed(BOOT, { code: 'unsupported', detail })
  }
  const tpm = await readTpm(context)
  // Without EFI there is no such thing.
  if (!(await probe.stat('/sys/firmware/efi')).ok) return read(BOOT, { secureBoot: null, tpm })
  const boot = partOf(await askFile(context, efivarsSource, SECURE_BOOT_VARIABLE), 'bootTrust', efivarsSource.id)
  return boot.state === 'value' ? read(boot.source, { ...boot.value, tpm }) : boot
}

/** `tpm_version_major` is there since Linux 5.6. */
async function readTpm({ probe }: CollectContext): Promise<string | null> {
  const entries = await probe.list(TPM_FOLDER)
  if (!entries.ok) return entries.error.code === 'empty' ? 'none' : null
  const [first] = entries.value.filter(({ name }) => /^tpm\d+$/.test(name))
  if (first === undefined) return 'none'
  const major = await probe.readFile(`${TPM_FOLDER}/${first.name}/tpm_version_major`, { maxBytes: 16 })
  const version = major.ok ? decode(major.value).trim() : ''
  return version === '2' ? '2.0' : version === '1' ? '1.2' : null
}

async function guards(context: CollectContext): Promise<PostureSection['guards']> {
  const { platform } = context.probe
  if (context.off.has(GUARDS)) return failed(GUARDS, { code: 'disabled', detail: 'switched off' })
  if (platform === 'win32')
    return partOf(await askBlock(context, windowsUacSource, 'uac'), 'guards', windowsUacSource.id)
  if (platform === 'linux') return read(GUARDS, { gatekeeper: null, sip: null, uac: null })
  const gatekeeper = partOf(await askProgram(context, spctlSource, 'spctl', ['--status']), 'guards', spctlSource.id)
  const sip = partOf(await askProgram(context, csrutilSource, 'csrutil', ['status']), 'guards', csrutilSource.id)
  if (gatekeeper.state !== 'value' || sip.state !== 'value') return gatekeeper.state !== 'value' ? gatekeeper : sip
  return read(GUARDS, { ...gatekeeper.value, sip: sip.value.sip })
}
