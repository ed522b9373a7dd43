/** Parsers of Linux's pools and arrays, of RAID controllers and of nvme-cli. Pure wiring. */
import type { Source } from '../collector.ts'
import { arcconf } from './arcconf.ts'
import { btrfsScrub } from './btrfs-scrub.ts'
import { btrfsShow } from './btrfs-show.ts'
import { btrfsStats } from './btrfs-stats.ts'
import { kernelLog } from './kernel-log.ts'
import { lvs } from './lvs.ts'
import { mdadm } from './mdadm.ts'
import { megacli } from './megacli.ts'
import { nvmeCli } from './nvme-cli.ts'
import { ssacli } from './ssacli.ts'
import { storcli } from './storcli.ts'
import { zpoolList } from './zpool-list.ts'
import { zpoolStatus } from './zpool-status.ts'

/** In the order of `agent parse --list`. */
export const LINUX_AND_VENDORS: readonly Source<'disk'>[] = [
  mdadm,
  zpoolStatus,
  zpoolList,
  btrfsStats,
  btrfsShow,
  btrfsScrub,
  lvs,
  storcli,
  megacli,
  ssacli,
  arcconf,
  nvmeCli,
  kernelLog,
]
