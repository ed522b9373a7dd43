/** French texts of the rules about who can get at the machine and its data. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'

/** French texts of the rules about encryption, remote desktop, old file sharing, the start and the guards of the system. */
export const access: Pick<
  RuleTextsAbout<'posture'>,
  | 'posture/encryption-off'
  | 'posture/encryption-suspended'
  | 'posture/rdp-without-nla'
  | 'posture/smb1-on'
  | 'posture/secure-boot-off'
  | 'posture/guards-off'
> = {
  'posture/encryption-off': {
    name: 'Chiffrement du disque',
    title: (v) =>
      v.state === 'encrypting'
        ? `Le volume ${v.volume} est en cours de chiffrement et n’est pas protégé avant la fin.`
        : v.state === 'decrypting'
          ? `Le chiffrement du volume ${v.volume} est en train d’être retiré.`
          : v.state === 'partial'
            ? `Le volume ${v.volume} n’est chiffré qu’en partie.`
            : `Le volume ${v.volume} n’est pas chiffré.`,
    looked: (v) => `Ce que le système dit du chiffrement de ${v.volume}, et de sa mémoire d’échange.`,
    todo: (v) =>
      v.state === 'encrypting'
        ? 'Laisser la machine allumée jusqu’à la fin.'
        : 'Conserver d’abord la clé de récupération hors de la machine. Activer ensuite BitLocker ou FileVault ; sous Linux, LUKS se choisit à l’installation, et la mémoire d’échange est chiffrée avec.',
    manager: () =>
      'Si cette machine est perdue ou volée, celui qui la trouve lit chaque fichier sans mot de passe. Cela peut relever de l’autorité de protection des données.',
    impact: 'Qui prend la machine ou son disque lit tout ce qu’il contient.',
    blind: 'Impossible de dire si les disques de cette machine sont chiffrés.',
  },
  'posture/encryption-suspended': {
    name: 'Chiffrement suspendu',
    title: (v) => `Le volume ${v.volume} est chiffré, mais sa protection est suspendue.`,
    looked: (v) => `L’état de protection de ${v.volume} : les données sont chiffrées et la clé est à côté, lisible.`,
    todo: (v) => `Réactiver la protection en administrateur : manage-bde -protectors -enable ${v.volume}.`,
    manager: () =>
      'Le disque semble chiffré et ne protège rien : qui le prend trouve la clé avec. Dix minutes suffisent pour y remédier.',
    impact: 'Qui prend la machine trouve la clé à côté de la serrure.',
    blind: 'Impossible de dire si la protection des disques chiffrés est active.',
  },
  'posture/rdp-without-nla': {
    name: 'Connexion au Bureau à distance',
    title: (v) =>
      `Le Bureau à distance accepte des connexions sans demander d’abord qui se présente${v.port === null ? '' : ` (port ${v.port})`}.`,
    looked: () => 'Les réglages du Bureau à distance : fDenyTSConnections et UserAuthentication, la stratégie d’abord.',
    todo: () =>
      'Exiger l’authentification au niveau du réseau (Système, Utilisation à distance, ou par stratégie). Là où personne n’en a besoin, désactiver le Bureau à distance.',
    manager: () =>
      'N’importe qui sur le réseau atteint l’écran de connexion de cette machine, et chacune de ses failles. La plupart des rançongiciels entrent par le Bureau à distance.',
    impact: 'Les failles de l’écran de connexion sont à la portée de quiconque atteint la machine.',
    blind: 'Impossible de dire si le Bureau à distance demande qui se présente.',
  },
  'posture/smb1-on': {
    name: 'Ancien partage de fichiers (SMB 1)',
    title: () => 'La machine répond à SMB 1, une façon de partager des fichiers qui date de 1987.',
    looked: () => 'Si le serveur de fichiers du système propose la première version de SMB.',
    todo: () =>
      'Chercher quel vieil appareil en a encore besoin (souvent un scanner), puis sous Windows : Disable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol. Sous Samba : server min protocol = SMB2.',
    manager: () =>
      'Cette vieille porte a laissé l’attaque WannaCry traverser des entreprises entières. Il faut la fermer et remplacer ce qui en dépend encore.',
    impact: 'Des vers passent par ce protocole d’une machine à l’autre.',
    blind: 'Impossible de dire si la machine répond à SMB 1.',
  },
  'posture/secure-boot-off': {
    name: 'Démarrage sécurisé',
    title: () => 'Le démarrage sécurisé (Secure Boot) est désactivé.',
    looked: () => 'La variable SecureBoot du micrologiciel.',
    todo: () =>
      'L’activer dans les réglages du micrologiciel. Avec BitLocker, suspendre d’abord la protection et avoir la clé de récupération sous la main.',
    manager: () =>
      'La machine ne vérifie pas ce qu’elle démarre. Un logiciel malveillant logé sous le système ne serait pas remarqué.',
    impact: 'Ce qui démarre avant le système n’est vérifié par personne.',
    blind: 'Impossible de dire si le démarrage sécurisé est actif.',
  },
  'posture/guards-off': {
    name: 'Gardes du système',
    title: (v) =>
      v.guard === 'uac'
        ? 'Le contrôle de compte d’utilisateur est désactivé.'
        : v.guard === 'sip'
          ? 'La protection de l’intégrité du système est désactivée, ou active en partie seulement.'
          : 'Gatekeeper est désactivé.',
    looked: (v) =>
      v.guard === 'uac'
        ? 'La valeur EnableLUA du registre.'
        : v.guard === 'sip'
          ? 'Ce que dit csrutil status.'
          : 'Ce que dit spctl --status.',
    todo: (v) =>
      v.guard === 'uac'
        ? 'Mettre EnableLUA à 1 et redémarrer.'
        : v.guard === 'sip'
          ? 'Démarrer le système de récupération, lancer csrutil enable et redémarrer.'
          : 'L’activer : spctl --global-enable.',
    manager: () =>
      'Une protection prévue par le fabricant a été désactivée. Des programmes peuvent modifier le système sans que personne ne soit consulté.',
    impact: 'Des programmes peuvent modifier le système sans que personne ne soit consulté.',
    blind: 'Impossible de dire si les gardes du système sont actifs.',
  },
}
