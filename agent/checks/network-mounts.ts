/** Which mount points lead to another machine or to a user-space file system that may stop answering. Pure. */

/** Types of file systems behind which a server or a daemon stands. */
const NETWORK_TYPES: ReadonlySet<string> = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ncpfs',
  'afs',
  'ceph',
  'glusterfs',
  'lustre',
  'beegfs',
  'davfs',
  '9p',
  'virtiofs',
  'vboxsf',
  'vmhgfs',
  'prl_fs',
  'fuse.sshfs',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.glusterfs',
  'fuse.ceph',
  'fuse.cephfs',
  'fuse.davfs',
  'fuse.davfs2',
  'fuse.curlftpfs',
  'fuse.juicefs',
  'fuse.goofys',
  'fuse.gcsfuse',
  'fuse.blobfuse',
  'fuse.blobfuse2',
  'fuse.vmhgfs-fuse',
  'fuse.drvfs',
  'drvfs',
])

/** @param fsType type as in /proc/self/mountinfo. */
export function isNetworkType(fsType: string): boolean {
  return NETWORK_TYPES.has(fsType)
}

/** Octal escapes of the kernel's mount tables (space, tab, newline, backslash, hash). */
export function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** Mount points of network file systems. @param mountinfo text of /proc/self/mountinfo. */
export function networkMounts(mountinfo: string): readonly string[] {
  const mounts: string[] = []
  for (const line of mountinfo.split('\n')) {
    const dash = line.indexOf(' - ')
    if (dash < 0) continue
    const fsType = line.slice(dash + 3).split(' ', 1)[0] ?? ''
    const mount = line.slice(0, dash).split(' ')[4]
    if (mount !== undefined && isNetworkType(fsType)) mounts.push(unescapeMount(mount))
  }
  return mounts
}

/** Whether a path is a mount point of the list or lies below one. */
export function isBelow(path: string, mounts: readonly string[]): boolean {
  return mounts.some((mount) => path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`))
}
