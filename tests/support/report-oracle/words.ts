/** Words that reports of the demo may use, written by hand from the texts as printed, so that a sentence tells which rule spoke. Pure data. */
type Said = { readonly name: string; readonly title: RegExp }
type Words = { readonly [rule: string]: Said }

const fr: Words = {
  'agent/silent': {
    name: 'Nouvelles de la machine',
    title: /^Cette machine n’a pas donné de nouvelles depuis (.+)\.$/,
  },
  'antivirus/not-running': { name: 'Protection en marche', title: /^(.+) est installé et ne tourne pas\.$/ },
  'antivirus/signatures-old': { name: 'Âge des signatures', title: /^Les signatures de .+ datent de (.+)\.$/ },
  'backup/last-run-failed': { name: 'Dernière sauvegarde', title: /^La dernière exécution de .+ a échoué \((.+)\)\.$/ },
  'backup/none-known': {
    name: 'Sauvegarde existante',
    title: /^Cette machine contient des données et n’a pas de sauvegarde\.$/,
  },
  'backup/not-offsite': {
    name: 'Copie dans un autre lieu',
    title: /^Aucune copie de cette machine ne quitte le bâtiment \((\d+) sauvegardes? examinées?\)\.$/,
  },
  'backup/status-unreadable': {
    name: 'État de la sauvegarde lisible',
    title: /^Ce que .+ a fait est illisible depuis plus d’un jour\.$/,
  },
  'backup/too-old': {
    name: 'Âge de la sauvegarde',
    title: /^Aucune bonne sauvegarde par .+ depuis (.+) ; rythme prévu : .+\.$/,
  },
  'disk/cable-errors': {
    name: 'Câble du disque',
    title: /a reçu (\d+) transferts? abîmés? de plus : le câble est suspect, pas le disque\.$/,
  },
  'disk/filling-up': {
    name: 'Prévision d’espace',
    title: /^.+ sera plein dans (.+) environ : il grossit de (.+) par jour et il lui reste (.+)\.$/,
  },
  'disk/health-unreadable': {
    name: 'Santé du disque lisible',
    title: /^La santé du disque .+ est illisible depuis plus d’une semaine\.$/,
  },
  'disk/raid-degraded': {
    name: 'Grappe de disques',
    title: /^La grappe .+ (?:est en reconstruction|a perdu|n’a plus|est dégradée|tourne)/,
  },
  'disk/sectors-reallocated': {
    name: 'Secteurs remplacés',
    title: /a remplacé (\d+) mauvais secteurs? par des secteurs de réserve/,
  },
  'disk/sectors-unreadable': { name: 'Secteurs illisibles', title: /a (\d+) secteurs? qu’il ne peut pas lire/ },
  'disk/too-hot': { name: 'Température du disque', title: /est à \d+ °C, au-dessus de sa limite/ },
  'disk/worn': { name: 'Usure du disque', title: /a consommé (\d+) % des écritures pour lesquelles il est conçu\.$/ },
  'patch/list-stale': {
    name: 'Âge de la liste des mises à jour',
    title: /^La liste des mises à jour disponibles date de (.+)\.$/,
  },
  'patch/reboot-pending': {
    name: 'Redémarrage attendu',
    title: /^Des mises à jour installées attendent un redémarrage depuis (.+)\.$/,
  },
  'patch/security-overdue': {
    name: 'Âge des mises à jour de sécurité',
    title: /^(\d+) mises? à jour de sécurité attend(?:ent)?, la plus ancienne depuis (.+)\.$/,
  },
  'patch/security-waiting': {
    name: 'Mises à jour de sécurité en attente',
    title: /^(\d+) mises à jour de sécurité attendent d’être installées\.$/,
  },
  'patch/upgrade-overdue': {
    name: 'Dernière mise à jour',
    title: /^Aucune mise à jour n’a été installée depuis (.+)\.$/,
  },
  'posture/firewall-off': { name: 'Pare-feu', title: /^Le pare-feu \(.+\) est désactivé ou laisse tout entrer\.$/ },
  'posture/ssh-password-login': {
    name: 'Connexion par mot de passe',
    title: /^La connexion à distance accepte les mots de passe/,
  },
  'system/battery-worn': {
    name: 'Batterie',
    title: /^La batterie BAT0 ne garde que (\d+) % de sa capacité d’origine\.$/,
  },
  'system/memory-short': { name: 'Mémoire', title: /^La mémoire est pleine à (\d+) % en moyenne, sur (\d+) Go\.$/ },
  'system/support-ended': {
    name: 'Fin de support',
    title:
      /^.+ ne (?:reçoit plus de correctifs de sécurité gratuits depuis|recevra plus de correctifs de sécurité gratuits après) le (.+?)\.?$/,
  },
  'system/uptime-long': { name: 'Dernier redémarrage', title: /^Cette machine n’a pas redémarré depuis (.+)\.$/ },
}

const en: Words = {
  'agent/silent': { name: 'Reporting', title: /^This machine has not reported for (.+)\.$/ },
  'antivirus/not-running': { name: 'Protection runs', title: /^(.+) is installed and does not run\.$/ },
  'antivirus/signatures-old': { name: 'Age of signatures', title: /^The signatures of .+ are (.+) old\.$/ },
  'backup/last-run-failed': { name: 'Last backup run', title: /^The last run of .+ failed \((.+)\)\.$/ },
  'backup/none-known': { name: 'Backup exists', title: /^This machine holds data and has no backup\.$/ },
  'backup/not-offsite': {
    name: 'Copy in another place',
    title: /^No copy of this machine leaves the building \((\d+) backups? looked at\)\.$/,
  },
  'backup/status-unreadable': {
    name: 'State of the backup readable',
    title: /^What .+ did has been unreadable for more than a day\.$/,
  },
  'backup/too-old': { name: 'Age of the backup', title: /^No good backup by .+ for (.+); one is expected every .+\.$/ },
  'disk/health-unreadable': {
    name: 'Disk health readable',
    title: /^The health of disk .+ has been unreadable for more than a week\.$/,
  },
  'patch/list-stale': { name: 'Age of the update list', title: /^The list of available updates is (.+) old\.$/ },
  'patch/reboot-pending': {
    name: 'Restart due',
    title: /^Installed updates have been waiting for a restart for (.+)\.$/,
  },
  'patch/security-overdue': {
    name: 'Age of security updates',
    title: /^(\d+) security updates? waits?, the oldest for (.+)\.$/,
  },
  'patch/security-waiting': {
    name: 'Waiting security updates',
    title: /^(\d+) security updates wait to be installed\.$/,
  },
  'patch/upgrade-overdue': { name: 'Last update', title: /^No update has been installed for (.+)\.$/ },
  'posture/ssh-password-login': { name: 'Password login', title: /^Remote login accepts passwords \(port 22\)\.$/ },
  'system/battery-worn': { name: 'Battery', title: /^Battery BAT0 holds (\d+) % of what it held when new\.$/ },
  'system/support-ended': {
    name: 'End of support',
    title: /^.+ (?:will get no more free security updates after|has had no free security updates since) (.+?)\.?$/,
  },
  'system/uptime-long': { name: 'Last restart', title: /^This machine has not been restarted for (.+)\.$/ },
}

export const WORDS = { en, fr } as const

/** Last day of free support, after the makers' pages, by the scenario's key of the system; null: none announced. */
export const SUPPORT_DAYS: { readonly [os: string]: string | null } = {
  'win11-25h2': '2027-10-12',
  'win11-24h2': '2026-10-13',
  'win10-22h2': '2025-10-14',
  'server-2022': '2031-10-14',
  'server-2016': '2027-01-12',
  'debian-12': '2028-06-30',
  'debian-13': '2030-06-30',
  'ubuntu-24': '2029-05-31',
  'macos-26': null,
  'macos-15': null,
}

const spoken = {
  en: {
    dials: {
      backup: 'Backup',
      disk: 'Disks',
      patch: 'Updates',
      antivirus: 'Antivirus',
      posture: 'Access and encryption',
    },
    states: { urgent: 'Urgent', attention: 'Attention', 'not-proven': 'Not proven', good: 'Good' },
    counts: /^good on (\d+), bad on (\d+), not known on (\d+)(?:, accepted (\d+))?$/,
    moved: {
      same: /^As at the last visit$/,
      better: /^Better: it was (.+)$/,
      worse: /^Worse: it was (.+)$/,
      other: /^It was (.+)$/,
    },
    yes: 'yes',
    no: 'no',
    never: 'never',
    notProven: 'not proven',
    everything: 'everything',
    elsewhere: 'elsewhere',
    onsite: 'in the same place only',
    places: { nas: 'NAS', s3: 'object storage' },
    roles: { server: 'server', desktop: 'desktop', laptop: 'laptop' },
    usable: 'usable after',
    on: 'on',
    none: 'none',
    dash: '–',
  },
  fr: {
    dials: {
      backup: 'Sauvegarde',
      disk: 'Disques',
      patch: 'Mises à jour',
      antivirus: 'Antivirus',
      posture: 'Accès et chiffrement',
    },
    states: { urgent: 'Urgent', attention: 'Attention', 'not-proven': 'Non prouvé', good: 'Bon' },
    counts: /^bon sur (\d+), mauvais sur (\d+), non connu sur (\d+)(?:, acceptés? (\d+))?$/,
    moved: {
      same: /^Comme à la visite précédente$/,
      better: /^Mieux : c’était (.+)$/,
      worse: /^Moins bien : c’était (.+)$/,
      other: /^C’était (.+)$/,
    },
    yes: 'oui',
    no: 'non',
    never: 'jamais',
    notProven: 'non prouvé',
    everything: 'tout',
    elsewhere: 'ailleurs',
    onsite: 'au même endroit seulement',
    places: { nas: 'NAS', s3: 'stockage objet' },
    roles: { server: 'serveur', desktop: 'poste fixe', laptop: 'portable' },
    usable: 'utilisable après',
    on: 'le',
    none: 'aucun',
    dash: '–',
  },
} as const

export const SPOKEN = spoken
