/**
 * What the guest does: the first program of a virtual machine that has disks to break. Each output is kept in a file, with its exit
 * code; at the end they go byte for byte as one archive onto a disk of their own (a serial line loses bytes). Pure text.
 */

/** Modules of Debian's cloud kernel that the script needs (notes/real-systems.md 3.3); those that are built in are passed over. */
export const MODULES = [
  'ata_piix',
  'sd_mod',
  'virtio_pci',
  'virtio_blk',
  'raid1',
  'dm_mod',
  'dm_crypt',
  'xts',
  'aes_generic',
  'algif_skcipher',
  'sha256_generic',
  'scsi_debug',
  'loop',
  'ext4',
] as const

/** Programs of the guest beside busybox, by their paths on this machine. */
export const PROGRAMS = [
  '/usr/sbin/smartctl',
  '/sbin/mdadm',
  '/sbin/lvm',
  '/sbin/cryptsetup',
  '/sbin/dmsetup',
  '/usr/bin/sdparm',
  '/usr/sbin/nvme',
  '/bin/lsblk',
  '/sbin/mkfs.ext4',
] as const

/** A loop device over a file in memory: `disk NAME MIB` leaves its path in `$D`. */
const DISKS = `
disk() { dd if=/dev/zero of=/disks/$1 bs=1M count=$2 2>/dev/null; D=$(losetup -f); losetup $D /disks/$1; }
say() { name=$1; shift; "$@" >/out/$name.stdout 2>/out/$name.stderr; echo $? >/out/$name.code; echo "$name"; }
`

const SMART = `
say smart-scan smartctl --scan-open --json=c
say smart-ata smartctl --json=c -x -n standby,3 -d sat /dev/sda
say smart-nvme-good smartctl --json=c -x -d nvme /dev/nvme0
say smart-nvme-failed smartctl --json=c -x -d nvme /dev/nvme1
say nvme-list nvme list -o json
say nvme-smart-log nvme smart-log /dev/nvme1 -o json
S=/dev/$(basename $(ls -d /sys/bus/pseudo/drivers/scsi_debug/adapter0/host*/target*/*/block/*))
say smart-scsi-good smartctl --json=c -x -d scsi $S
sdparm --quiet --set TEST=1 $S >/dev/null 2>&1
say smart-scsi-failed smartctl --json=c -x -d scsi $S
say smart-text-scsi-failed smartctl -x -d scsi $S
`

const MD = `
disk a 24; A=$D; disk b 24; B=$D
mdadm --create /dev/md0 --run --level=1 --raid-devices=2 --metadata=1.2 $A $B >/dev/null 2>&1
mdadm --wait /dev/md0 >/dev/null 2>&1
say md-good cat /proc/mdstat
say md-good-detail mdadm --detail /dev/md0
mdadm /dev/md0 --fail $B >/dev/null 2>&1
say md-failed cat /proc/mdstat
say md-failed-detail mdadm --detail /dev/md0
say md-failed-export mdadm --detail --export /dev/md0
mdadm /dev/md0 --remove $B >/dev/null 2>&1
say md-degraded cat /proc/mdstat
say md-degraded-detail mdadm --detail /dev/md0
echo 300 >/sys/block/md0/md/sync_speed_max; echo 100 >/sys/block/md0/md/sync_speed_min
mdadm --zero-superblock $B >/dev/null 2>&1; mdadm /dev/md0 --add $B >/dev/null 2>&1; sleep 1
say md-rebuilding cat /proc/mdstat
say md-rebuilding-detail mdadm --detail /dev/md0
say md-rebuilding-sync cat /sys/block/md0/md/sync_action /sys/block/md0/md/degraded
mdadm --stop /dev/md0 >/dev/null 2>&1; mdadm --incremental $A >/dev/null 2>&1
say md-inactive cat /proc/mdstat
say md-inactive-detail mdadm --detail --test /dev/$(grep -o '^md[0-9]*' /proc/mdstat)
mdadm --stop /dev/$(grep -o '^md[0-9]*' /proc/mdstat) >/dev/null 2>&1
`

const LVM_AND_LUKS = `
export DM_DISABLE_UDEV=1
C='activation{udev_sync=0 udev_rules=0}'
disk p 32; P=$D; disk q 32; Q=$D
lvm pvcreate --config "$C" $P $Q >/dev/null 2>&1; lvm vgcreate --config "$C" vg $P $Q >/dev/null 2>&1
lvm lvcreate --config "$C" -Zn -Wn -n data -L 40M vg >/dev/null 2>&1
LVS="lv_name,vg_name,lv_attr,lv_health_status,data_percent,metadata_percent,raid_sync_action,copy_percent"
say lvs-good lvm lvs --config "$C" --reportformat json --units b --nosuffix -a -o $LVS
lvm lvchange --config "$C" -an vg/data >/dev/null 2>&1; losetup -d $Q
say lvs-partial lvm lvs --config "$C" --reportformat json --units b --nosuffix -a -o $LVS
disk c 32; K=$D
printf pass | cryptsetup -q luksFormat --pbkdf pbkdf2 --pbkdf-force-iterations 1000 $K -
printf pass | cryptsetup open $K safe -
mkfs.ext4 -q /dev/mapper/safe 2>/dev/null || mkfs.ext4 -q /dev/dm-0; mkdir -p /safe; mount -t ext4 /dev/mapper/safe /safe
say luks-lsblk lsblk -J -b -o NAME,TYPE,FSTYPE,MOUNTPOINTS,PKNAME,RO,SIZE
`

const DYING = `
disk e 32; E=$D; N=$(($(cat /sys/class/block/$(basename $E)/size)))
dmsetup create bad --table "0 $N linear $E 0" >/dev/null 2>&1
mkfs.ext4 -q -E lazy_itable_init=0 /dev/mapper/bad; mkdir -p /bad; mount -t ext4 -o errors=remount-ro /dev/mapper/bad /bad
X=/sys/fs/ext4/$(ls /sys/fs/ext4 | grep dm | tail -1)
say dying-before cat /proc/self/mountinfo
say dying-errors-before cat $X/errors_count
dmsetup suspend --nolockfs bad; echo "0 $N error" | dmsetup load bad; dmsetup resume bad
dd if=/dev/zero of=/bad/file bs=64k count=8 conv=fsync >/dev/null 2>&1; mkdir /bad/x 2>/dev/null; sync
say dying-after cat /proc/self/mountinfo
say dying-errors-after cat $X/errors_count
say dying-write touch /bad/y
say kernel-log dmesg
`

const CGROUP = `
mkdir -p /cg; mount -t cgroup2 none /cg; echo +memory >/cg/cgroup.subtree_control; mkdir /cg/t
say cgroup cat /cg/cgroup.controllers
`

/** The script that the kernel starts. @param modules paths of the modules in the order in which they must be loaded. */
export function guestInit(modules: readonly string[]): string {
  const head = [
    '#!/bin/busybox sh',
    '/bin/busybox --install -s /bin',
    'export PATH=/sbin:/usr/sbin:/bin:/usr/bin LC_ALL=C LANGUAGE= HOME=/root',
    'mkdir -p /proc /sys /dev /tmp /run /disks /root /etc /out',
    'mount -t proc none /proc; mount -t sysfs none /sys; mount -t devtmpfs none /dev; mount -t tmpfs none /run',
    'mount -t tmpfs -o size=600m none /disks; ln -sf /proc/self/mounts /etc/mtab',
    // What the kernel says would stand in the middle of an output.
    'dmesg -n 1',
    ...modules.map((file) => `insmod ${file}${file.includes('scsi_debug') ? ' dev_size_mb=8' : ''} 2>/dev/null`),
    'sleep 1',
  ]
  return [
    ...head,
    DISKS,
    SMART,
    MD,
    LVM_AND_LUKS,
    DYING,
    CGROUP,
    'cd /out && tar cf - . >/dev/vda; sync; poweroff -f',
    '',
  ].join('\n')
}
