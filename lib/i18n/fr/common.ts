import type en from '../en/common.ts'
import type { Translated } from '../shape.ts'

export default {
  common: {
    close: 'Fermer',
    cancel: 'Annuler',
    copy: 'Copier',
    copied: 'Copié',
    noData: 'aucune donnée',
    notifications: 'Notifications',
    tryAgain: 'Réessayer',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    ago: 'il y a {age}',
    live: 'En direct',
    silentFor: 'muet depuis {age}',
    reconnecting: 'Reconnexion',
  },
  health: {
    failing: 'En panne',
    degraded: 'Dégradé',
    unknown: 'Inconnu',
    moving: 'En mouvement',
    healthy: 'Sain',
    stopped: 'Arrêté',
    completed: 'Terminé',
  },
  stages: { dev: 'Développement', test: 'Test', staging: 'Préproduction', prod: 'Production' },
  roles: { viewer: 'Lecteur', deployer: 'Déployeur', operator: 'Opérateur', administrator: 'Administrateur' },
  environmentStates: { connecting: 'Connexion', live: 'En direct', behind: 'En retard', stale: 'Muet', paused: 'En pause' },
} satisfies Translated<typeof en>
