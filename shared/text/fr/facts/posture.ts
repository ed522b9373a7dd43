/** French texts of the facts of `posture`. */
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ROOT = {
  yes: 'root peut se connecter',
  no: 'root ne peut pas se connecter',
  'keys-only': 'root seulement avec une clé',
  'forced-commands': 'root seulement pour des commandes fixées',
}

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
}
