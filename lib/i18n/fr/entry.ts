import type en from '../en/entry.ts'
import type { Translated } from '../shape.ts'

export default {
  entry: {
    tagline: 'Tous vos conteneurs, où qu’ils tournent, sur une seule carte.',
    healthy: 'Serveur en bonne santé',
    unhealthy: 'La base de données ne répond pas',
    language: 'Langue',
    harbours: 'Docker',
    signIn: {
      title: 'Se connecter',
      account: 'Compte',
      password: 'Mot de passe',
      submit: 'Se connecter',
      keep: 'Vous restez connecté sur cet appareil pendant {hours, plural, one {# heure} other {# heures}}.',
      back: 'Connectez-vous pour reprendre où vous étiez.',
      wrong: 'Le compte et le mot de passe ne correspondent pas.',
      waiting: 'Trop d’essais. Le prochain sera possible dans {wait}.',
      waitOver: 'Vous pouvez réessayer.',
      down: 'Portolan ne répond pas. Rien n’a été envoyé ; réessayez dans un instant.',
      unavailable: 'La base de données de Portolan ne répond pas. Votre mot de passe n’a pas été vérifié.',
      forgotten:
        'Mot de passe oublié ? Il ne peut être ni affiché ni envoyé. Un administrateur peut vous créer un lien pour un nouveau ; s’il n’en reste aucun, qui gère ce serveur le peut : npm run admin-link',
      notSetUp: 'Personne n’administre encore Portolan.',
      notSetUpText: 'Ouvrez le lien à usage unique affiché au démarrage de Portolan. Un nouveau démarrage en affiche un nouveau.',
      accountMissing: 'Saisissez votre compte.',
      passwordMissing: 'Saisissez le mot de passe.',
      provider: {
        button: 'Se connecter avec {name}',
        by: 'OpenID Connect, fourni par {host}',
        or: 'ou avec un compte local',
        problems: {
          oidc_unreachable: {
            title: '{name} ne répond pas.',
            text: 'D’ici là, personne ne peut se connecter par ce moyen ni rester longtemps connecté. Réessayez dans un instant ; les comptes locaux fonctionnent.',
          },
          oidc_denied: {
            title: '{name} ne vous a pas laissé entrer.',
            text: 'L’accès a été refusé, ou vous n’avez pas continué là-bas. Vous pouvez réessayer.',
          },
          oidc_failed: {
            title: '{name} a donné une réponse incorrecte.',
            text: 'Vous n’avez pas été connecté. Le journal de Portolan dit ce que c’était ; qui exploite Portolan peut y remédier.',
          },
          oidc_stale: {
            title: 'Cette connexion ne compte pas.',
            text: 'Elle a déjà servi, a duré trop longtemps ou a été commencée dans une autre fenêtre. Recommencez.',
          },
          oidc_no_groups: {
            title: '{name} ne dit pas dans quels groupes vous êtes.',
            text: 'Portolan ne peut donc pas savoir ce que vous pouvez faire. Qui exploite Portolan peut y remédier.',
          },
          oidc_no_role: {
            title: 'Vos groupes ne vous donnent aucun rôle ici.',
            text: '{name} vous connaît, mais aucun de vos groupes n’a accès à Portolan. Demandez à qui exploite Portolan lequel il vous faut.',
          },
          oidc_disabled: {
            title: 'Votre compte est désactivé ici.',
            text: 'Un administrateur de Portolan peut le réactiver.',
          },
          oidc_withdrawn: {
            title: '{name} a mis fin à votre connexion.',
            text: 'Elle a donc pris fin ici aussi. Reconnectez-vous.',
          },
          oidc_unconfirmed: {
            title: '{name} n’a pas confirmé votre connexion depuis un moment.',
            text: 'Elle a donc pris fin. Reconnectez-vous.',
          },
        },
      },
    },
    setup: {
      pageTitle: 'Lien à usage unique',
      title: 'Créer le premier compte',
      anotherTitle: 'Créer un compte d’administrateur',
      text: 'Il administre Portolan : environnements, personnes, réglages. Le lien que vous avez ouvert ne sert qu’une fois.',
      name: 'Votre nom',
      nameHelp: 'Tel que les autres le lisent à côté de ce que vous faites.',
      login: 'Compte',
      loginHelp: 'Ce que vous saisissez pour vous connecter. Minuscules, chiffres et . _ @ -',
      password: 'Mot de passe',
      passwordHelp: 'Au moins {count} caractères. Quelques mots à la suite conviennent bien.',
      strength: 'Solidité : {word}',
      strengths: { short: 'trop court', weak: 'facile à deviner', fair: 'correcte', good: 'bonne' },
      submit: 'Créer le compte',
      nameMissing: 'Saisissez votre nom.',
      loginWrong: 'Commence par une lettre ou un chiffre, puis minuscules, chiffres et . _ @ - uniquement.',
      passwordShort: 'Compte {count} caractères, il en faut {least}.',
      passwordIsLogin: 'C’est le nom du compte : n’importe qui l’essaierait d’abord.',
      usedTitle: 'Ce lien ne fonctionne plus',
      usedText:
        'Il a servi, un plus récent le remplace, ou il est trop ancien. Si personne n’administre encore Portolan, redémarrez-le : il affiche un nouveau lien.',
      doneText:
        'Il a servi, un plus récent le remplace, ou il est trop ancien. Si vous avez choisi un mot de passe, connectez-vous avec lui ; sinon, demandez un nouveau lien à qui vous l’a donné.',
      toSignIn: 'Aller à la connexion',
      signInFailed: 'Le compte est créé, mais la connexion a échoué. Connectez-vous avec lui maintenant.',
    },
    join: {
      account: 'Votre compte :',
      submit: 'Enregistrer le mot de passe et entrer',
      signInFailed: 'Le mot de passe est enregistré, mais la connexion a échoué. Connectez-vous avec lui maintenant.',
      invitation: {
        title: 'Bienvenue, {name}',
        text: 'Choisissez le mot de passe avec lequel vous vous connecterez. Personne d’autre ne le connaîtra, et ce lien ne sert qu’une fois.',
      },
      reset: {
        title: 'Un nouveau mot de passe, {name}',
        text: 'L’ancien cesse de fonctionner, et tout ce qui est encore connecté sous votre nom est déconnecté. Ce lien ne sert qu’une fois.',
      },
    },
    welcome: {
      steps: 'Premiers pas',
      account: 'Votre compte',
      engines: 'Moteurs',
      skip: 'Passer, commencer à vide',
      leave: 'Vers la console',
      stepDone: 'fait',
    },
  },
} satisfies Translated<typeof en>
