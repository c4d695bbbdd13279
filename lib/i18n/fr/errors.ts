import type en from '../en/errors.ts'
import type { Translated } from '../shape.ts'

const role = '{role, select, viewer {Lecteur} deployer {Déployeur} operator {Opérateur} other {Administrateur}}'
const held =
  '{held, select, none {vous n’y avez aucun rôle} viewer {vous êtes Lecteur} deployer {vous êtes Déployeur} other {vous êtes Opérateur}}'

export default {
  errors: {
    invalid_input: 'Quelque chose ne convient pas dans cette demande.',
    unauthenticated: 'Vous n’êtes pas connecté.',
    forbidden: 'Vous n’avez pas le droit de faire cela ici.',
    not_found: 'Il n’y a rien de ce nom ici, ou vous n’avez pas à le savoir.',
    unknown_method: 'Cela ne se fait pas à cette adresse.',
    request_timeout: 'La demande a mis trop de temps à arriver.',
    headers_too_large: 'La demande a plus d’en-têtes que Portolan n’en accepte.',
    conflict: 'Quelque chose a changé entre-temps. Regardez à nouveau.',
    blocked: 'Impossible dans l’état actuel des choses.',
    too_large: 'C’est plus que Portolan n’accepte en une fois.',
    unsupported_type: 'Portolan n’accepte pas ce type de contenu.',
    rate_limited: 'Trop de demandes à la fois. Attendez un peu.',
    internal: 'Une erreur s’est produite dans Portolan. Son journal en dit plus.',
    unsupported: 'Ce moteur ne sait pas le faire.',
    engine_denied: 'Le moteur a refusé les identifiants que Portolan a pour lui.',
    engine_failed: 'Le moteur a essayé et échoué.',
    engine_unreachable: 'Le moteur est injoignable.',
    unavailable: 'La base de données de Portolan ne répond pas. Rien n’est perdu ; un nouvel essai est en cours.',
    engine_timeout: 'Le moteur n’a pas répondu à temps.',
  },
  reasons: {
    'no-file-of-engine': '{engine} n’a pas de fichier qui dise comment l’atteindre.',
    nothing_here: 'Il n’y a rien de ce nom ici, ou vous n’avez pas à le savoir.',
    signed_out: 'Vous n’êtes pas connecté. Connectez-vous pour continuer.',
    needs_role: `Il faut le rôle ${role} ; ${held}.`,
    needs_role_in: `Il faut le rôle ${role} sur {environment} ; ${held}.`,
    credentials_not_right: 'Le nom ou le mot de passe est incorrect.',
    too_many_streams:
      'Vous avez {open, plural, one {# journal ouvert} other {# journaux ouverts}}, et il n’en faut pas plus à la fois. Fermez-en et réessayez.',
    too_many_streams_there:
      'Dans cet environnement, {open, plural, one {# journal est ouvert} other {# journaux sont ouverts}} par l’ensemble des personnes, et il n’en faut pas plus à la fois. Réessayez quand quelqu’un en aura fermé un.',
    too_many_attempts: 'Trop d’essais de connexion. Réessayez dans {seconds, plural, one {# seconde} other {# secondes}}.',
    password_not_right: 'Le mot de passe actuel est incorrect.',
    session_gone: 'Cette session est déjà terminée.',
    token_unknown: 'Ce jeton d’API n’existe pas. Vérifiez qu’il a été copié en entier, ou créez-en un autre dans les réglages.',
    token_expired: 'Le jeton d’API {name} a expiré à {at}. Créez-en un autre dans les réglages.',
    token_revoked: 'Le jeton d’API {name} a été révoqué à {at}. Créez-en un autre dans les réglages.',
    token_gone: 'Ce jeton d’API n’existe plus.',
    token_expiry: 'Choisissez un jour entre demain et dans {days} jours.',
    too_many_tokens: 'Vous avez {count} jetons d’API. Révoquez d’abord un jeton qui ne sert plus.',
    needs_session: 'Un jeton d’API ne peut pas faire cela. Connectez-vous : seules les personnes gèrent jetons, sessions et mots de passe.',
    setup_link_void: 'Ce lien a servi, a été remplacé par un plus récent ou est trop ancien. Qui vous l’a donné peut en créer un nouveau.',
    login_taken: 'Le compte {login} est pris. Choisissez-en un autre.',
    person_gone: 'Cette personne n’existe plus.',
    person_disabled: 'Ce compte est désactivé. Réactivez-le d’abord.',
    not_yourself: 'Vous perdriez votre propre accès. Une autre personne qui administre Portolan peut le faire.',
    last_administrator: 'Plus personne n’administrerait Portolan. Nommez d’abord un autre administrateur.',
    own_password: 'Changez votre propre mot de passe dans votre profil.',
    roles_of_provider: 'Ses rôles viennent de ses groupes chez {provider} : modifiez-les là-bas, ou dans PORTOLAN_OIDC_GROUPS.',
    password_of_provider: 'Le mot de passe est gardé par {provider}, et se change là-bas.',
    beyond_own_rights: 'Cela dépasse ce que vous détenez vous-même. Une personne qui le détient peut le faire.',
    secret_key_missing:
      'Les identifiants enregistrés sont chiffrés avec la clé {key}, que ce Portolan n’a pas. Ajoutez cette clé à PORTOLAN_SECRET_KEYS.',
    secrets_damaged:
      'Les identifiants enregistrés ne s’ouvrent pas : ils ont été modifiés ou appartiennent à une autre clé. Saisissez-les à nouveau.',
    idempotency_key_reused: 'Cette demande a déjà été envoyée avec un autre contenu. Recommencez.',
    process_ended: 'Le processus de Portolan qui s’en chargeait s’est arrêté. Ce que le moteur a fait jusque-là reste fait.',
    host_refused: '{given} n’est pas l’adresse de ce Portolan. Il est à {url} ; PORTOLAN_URL change cela.',
    origin_refused: 'La demande vient de {given}, alors que Portolan est à {url}. PORTOLAN_URL change cela.',
    body_too_large: 'La demande dépasse {bytes, number} octets.',
    body_too_deep: 'La demande a plus de {depth} niveaux d’imbrication.',
    json_only: 'Envoyez la demande en application/json.',
    json_not_valid: 'La demande n’est pas un objet JSON valide.',
    input_not_valid: '« {field} » ne convient pas.',
    environment_gone: 'Il n’y a pas de tel environnement, ou vous n’avez pas à le savoir.',
    environment_paused: '{environment} est en pause. Reprenez-le d’abord.',
    environment_silent: '{environment} ne répond pas. Actions suspendues jusqu’à son retour.',
    environment_name_taken: 'Un environnement s’appelle déjà {environment}. Choisissez un autre nom.',
    engine_connected: 'Ce moteur est déjà connecté, sous le nom {environment}.',
    engine_is_another: 'Un autre moteur que {environment} répond à cette adresse. Connectez-le comme un environnement à part.',
    why_required: '{environment} est protégé : dites pourquoi.',
    resource_gone: 'Il n’y a plus de {name} sur {environment}, ou vous n’avez pas à le savoir.',
    action_unknown: 'Il n’y a pas d’action {action} ici.',
    no_logs: 'Il n’y a pas de journal pour cela.',
    another_life: '{name} a été remplacé par un autre du même nom depuis que vous avez regardé. Regardez à nouveau.',
    selection_changed:
      '{found, plural, =0 {Aucun élément ne correspond} one {# élément correspond} other {# éléments correspondent}} maintenant, et non {expected}. Regardez à nouveau et confirmez.',
    activity_gone: 'Il n’y a pas de telle activité, ou vous n’avez pas à le savoir.',
    'engine-silent': 'Il n’a rien dit depuis un moment, pas même qu’il est en vie.',
    'sync-behind': 'Il répond ; Portolan est encore en train de recevoir ce qu’il dit.',
    'sync-silent':
      'La synchronisation de Portolan n’a plus rien dit depuis. Elle s’est peut-être arrêtée ; le moteur, lui, répond peut-être.',
    'sync-failed': 'Il répond, mais Portolan n’arrive pas à le suivre. Le journal de Portolan dit pourquoi.',
    'database-unavailable':
      'La base de données de Portolan ne répond plus depuis le {since, date, ::MMMdHHmmss} UTC. Rien n’est perdu, et un nouvel essai se fait tout seul. Si cela dure, qui exploite Portolan en trouvera la cause dans son journal et dans celui de PostgreSQL.',
    'database-crowded':
      'La base de données de Portolan n’a plus de connexion libre depuis le {since, date, ::MMMdHHmmss} UTC : d’autres les occupent toutes. Un nouvel essai se fait tout seul. Qui exploite PostgreSQL peut en fermer ou augmenter max_connections.',
    'database-read-only':
      'La base de données de Portolan n’accepte plus de changements depuis le {since, date, ::MMMdHHmmss} UTC : elle est en lecture seule. Ce qui était connu reste affiché, et rien n’a été fait. Qui exploite PostgreSQL peut y autoriser à nouveau les changements.',
    'database-full':
      'La base de données de Portolan n’a plus de place sur son disque depuis le {since, date, ::MMMdHHmmss} UTC. Rien n’a été fait. Qui exploite PostgreSQL peut en libérer ; tout reprend ensuite tout seul.',
    'portolan-unreachable': 'Portolan ne répond pas. Vérifiez le réseau, ou s’il est démarré.',
    'portolan-answered': 'Ce qui se trouve devant Portolan a répondu {status}.',
  },
} satisfies Translated<typeof en>
