/** French texts of the facts of `posture`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ROOT = {
  yes: 'root peut se connecter',
  no: 'root ne peut pas se connecter',
  'keys-only': 'root seulement avec une clé',
  'forced-commands': 'root seulement pour des commandes fixées',
}
const ENCRYPTION = {
  protected: 'Chiffré',
  suspended: 'Chiffré, avec la clé ouverte à côté',
  off: 'Pas chiffré',
  partial: 'Chiffré en partie',
  encrypting: 'En cours de chiffrement',
  decrypting: 'En cours de déchiffrement',
  locked: 'Verrouillé',
}
const UPS = {
  online: 'Sur le secteur',
  'on-battery': 'Sur batterie',
  'low-battery': 'Batterie presque vide',
  bypass: 'En dérivation : sans protection',
  off: 'Éteint',
  unknown: 'État non dit',
}
const LOCK = { on: 'Se verrouille', off: 'Ne se verrouille pas', 'no-screen': 'Personne ne s’assied devant' }

/** By key. */
export const postureFacts: FactTextsOf<'posture'> = {
  'posture.firewall': {
    name: 'Pare-feu',
    say: (v) =>
      parts(
        yes(v.enabled, 'Actif', 'Inactif', 'Non dit'),
        v.tool,
        yes(v.startsAtBoot, 'revient après un redémarrage', 'ne revient pas après un redémarrage', null),
        v.inbound === 'drop' && 'refuse ce qu’aucune règle n’autorise',
        v.inbound === 'accept' && 'accepte ce qu’aucune règle ne refuse',
      ),
  },
  'posture.sshd': {
    name: 'Connexion à distance (SSH)',
    say: (v) =>
      v.running === 'no'
        ? 'Aucun serveur n’écoute'
        : parts(
            v.ports === '' ? 'En marche' : `Écoute sur ${v.ports}`,
            yes(v.reachable, 'joignable de l’extérieur', 'cette machine seulement', null),
            of(ROOT, v.rootLogin),
            yes(v.passwordLogin, 'mots de passe acceptés', 'clés seulement', null),
          ),
  },
  'posture.time': {
    name: 'Horloge',
    say: (v, f) =>
      parts(
        yes(v.synchronized, 'Tenue à l’heure', 'Pas tenue à l’heure', 'Non dit'),
        v.tool,
        v.offsetMs !== null && `${f.count(Math.round(v.offsetMs))} ms d’écart`,
      ),
  },
  'posture.encryption': {
    name: 'Chiffrement',
    say: (v, f) => (v.count === 0 ? 'Aucun volume n’a été dit' : n(f, v.count, '# volume', '# volumes')),
  },
  'posture.encrypted-volume': { name: null, say: (v) => parts(of(ENCRYPTION, v.state), v.method) },
  'posture.remote-desktop': {
    name: 'Bureau à distance',
    say: (v, f) =>
      parts(
        yes(v.enabled, 'Actif', 'Inactif', 'Non dit'),
        v.enabled === 'yes' && v.port !== null && `port ${f.count(v.port)}`,
        v.enabled === 'yes' &&
          yes(
            v.networkLevelAuthentication,
            'demande d’abord qui c’est',
            'ouvre une session avant de demander qui c’est',
            null,
          ),
        v.tools !== '' && `aussi ${v.tools}`,
      ),
  },
  'posture.smb1': {
    name: 'Ancien partage de fichiers (SMB 1)',
    say: (v) => yes(v.enabled, 'Actif', 'Inactif', 'Non dit') ?? '',
  },
  'posture.accounts': {
    name: 'Comptes',
    say: (v, f) =>
      parts(
        v.administrators === null
          ? 'Administrateurs non dits'
          : n(f, v.administrators, '# administrateur', '# administrateurs'),
        v.guestEnabled === 'yes' && 'l’invité peut ouvrir une session',
        v.automaticLogin === 'yes' && 'ouvre une session toute seule',
        v.emptyPasswords !== null && v.emptyPasswords > 0 && `${f.count(v.emptyPasswords)} sans mot de passe`,
        v.builtinAdministratorEnabled === 'yes' && 'l’administrateur intégré peut ouvrir une session',
      ),
  },
  'posture.screen-lock': {
    name: 'Verrouillage de l’écran',
    say: (v, f) =>
      parts(
        of(LOCK, v.state),
        v.state === 'on' && v.afterSeconds !== null && `après ${f.span(v.afterSeconds * 1_000)}`,
      ),
  },
  'posture.boot-trust': {
    name: 'Démarrage de confiance',
    say: (v) =>
      parts(
        yes(v.secureBoot, 'Secure Boot actif', 'Secure Boot inactif', 'Secure Boot : absent ou non dit'),
        v.tpm === 'none' ? 'pas de TPM' : v.tpm !== null && `TPM ${v.tpm}`,
      ),
  },
  'posture.guards': {
    name: 'Gardes du système',
    say: (v) =>
      parts(
        yes(v.gatekeeper, 'Gatekeeper actif', 'Gatekeeper inactif', null),
        yes(
          v.sip,
          'protection de l’intégrité du système active',
          'protection de l’intégrité du système inactive',
          null,
        ),
        yes(v.uac, 'contrôle de compte actif', 'contrôle de compte inactif', null),
      ) || 'Aucune n’a été dite',
  },
  'posture.upses': {
    name: 'Onduleurs',
    say: (v, f) => (v.count === 0 ? 'Aucun' : n(f, v.count, '# onduleur', '# onduleurs')),
  },
  'posture.ups': {
    name: null,
    say: (v, f) =>
      parts(
        of(UPS, v.status),
        v.replaceBattery === 'yes' && 'demande une nouvelle batterie',
        v.chargePercent !== null && `chargé à ${f.percent(v.chargePercent)}`,
        v.runtimeMs !== null && `tient ${f.span(v.runtimeMs)}`,
      ),
  },
}
