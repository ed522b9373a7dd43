/** The commands of each package manager that a technician types: the same in every language. Pure data. */

/** One manager's own words. null: it has no such command, or it is done in its window. */
export type UpdateCommands = {
  readonly install: string
  readonly refresh: string
  /** What shows why the list was not refreshed. */
  readonly refreshLog: string | null
  /** What switches automatic security updates on. */
  readonly automatic: string | null
  readonly repair: string | null
  readonly unhold: string | null
  /** Where failed attempts are written down. */
  readonly log: string | null
  readonly restart: string
}

const RESTART = 'systemctl reboot'
const dnf = (name: string): UpdateCommands => ({
  install: `${name} upgrade`,
  refresh: `${name} makecache --refresh`,
  refreshLog: `systemctl status ${name}-makecache.timer`,
  automatic: 'dnf install dnf-automatic && systemctl enable --now dnf-automatic-install.timer',
  repair: 'rpm --verifydb && dnf check',
  unhold: `${name} versionlock delete`,
  log: '/var/log/dnf.log',
  restart: RESTART,
})

const COMMANDS: { readonly [manager: string]: UpdateCommands } = {
  apt: {
    install: 'apt update && apt full-upgrade',
    refresh: 'apt update',
    refreshLog: 'systemctl status apt-daily.timer',
    automatic: 'apt install unattended-upgrades && dpkg-reconfigure -plow unattended-upgrades',
    repair: 'dpkg --configure -a && apt -f install',
    unhold: 'apt-mark unhold',
    log: '/var/log/apt/term.log',
    restart: RESTART,
  },
  dnf: dnf('dnf'),
  dnf5: dnf('dnf'),
  yum: {
    ...dnf('yum'),
    refresh: 'yum makecache',
    refreshLog: null,
    automatic: 'yum install yum-cron',
    log: '/var/log/yum.log',
  },
  zypper: {
    install: 'zypper refresh && zypper patch',
    refresh: 'zypper refresh',
    refreshLog: 'zypper repos --details',
    automatic: 'zypper install os-update && systemctl enable --now os-update.timer',
    repair: 'rpm --verifydb && zypper verify',
    unhold: 'zypper removelock',
    log: '/var/log/zypper.log',
    restart: RESTART,
  },
  pacman: {
    install: 'pacman -Syu',
    refresh: 'pacman -Sy',
    refreshLog: null,
    automatic: null,
    repair: 'pacman -Dk',
    unhold: null,
    log: '/var/log/pacman.log',
    restart: RESTART,
  },
  apk: {
    install: 'apk upgrade --update-cache',
    refresh: 'apk update',
    refreshLog: null,
    automatic: null,
    repair: 'apk fix',
    unhold: null,
    log: null,
    restart: 'reboot',
  },
  'rpm-ostree': {
    install: 'rpm-ostree upgrade',
    refresh: 'rpm-ostree refresh-md --force',
    refreshLog: 'systemctl status rpm-ostreed-automatic.timer',
    automatic: 'systemctl enable --now rpm-ostreed-automatic.timer',
    repair: null,
    unhold: 'rpm-ostree reset',
    log: 'journalctl -u rpm-ostreed',
    restart: RESTART,
  },
  'windows-update': {
    install: 'sconfig',
    refresh: 'UsoClient StartScan',
    refreshLog: 'Get-Service wuauserv',
    automatic: 'sconfig',
    repair: 'DISM /Online /Cleanup-Image /RestoreHealth',
    unhold: null,
    log: 'Get-WindowsUpdateLog',
    restart: 'shutdown /r /t 60',
  },
  softwareupdate: {
    install: 'softwareupdate --install --all --restart',
    refresh: 'softwareupdate --list',
    refreshLog: 'softwareupdate --schedule',
    automatic: 'softwareupdate --schedule on',
    repair: null,
    unhold: null,
    log: '/var/log/install.log',
    restart: 'shutdown -r now',
  },
}

/** @param manager as in a finding; one of an older server names none. null: no commands are known for it. */
export function updateCommandsOf(manager: string | undefined): UpdateCommands | null {
  return manager !== undefined && Object.hasOwn(COMMANDS, manager) ? (COMMANDS[manager] ?? null) : null
}
