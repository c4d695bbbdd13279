/** What is no kind's: connecting a cluster, and why it or one of its kinds is not followed. */
export default {
  reasons: {
    'kubeconfig-exec':
      'L’utilisateur {of} s’identifie en lançant une commande ({field}), et Portolan n’en lance aucune depuis un fichier. Créez un compte de service dans la grappe et connectez-vous par son jeton.',
    'kubeconfig-auth-provider':
      'L’utilisateur {of} s’identifie par un greffon de kubectl ({field}), que Portolan n’a pas. Créez un compte de service dans la grappe et connectez-vous par son jeton.',
    'kubeconfig-file':
      '{field} de {of} désigne un fichier de la machine où ceci a été écrit, et Portolan n’en ouvre aucun. Mettez son contenu, dans {instead} : « kubectl config view --raw --flatten » le fait.',
    'kubeconfig-password':
      'L’utilisateur {of} a un nom et un mot de passe ({field}), que Kubernetes n’accepte plus. Prenez un jeton ou un certificat.',
    'kubeconfig-impersonation': 'L’utilisateur {of} agit au nom d’un autre ({field}). Connectez-vous avec les identifiants de ce dernier.',
    'kubeconfig-proxy-url':
      'La grappe {of} se joint par un mandataire ({field}), que Portolan n’emploie pas. Indiquez une adresse qu’il joint directement.',
    'kubeconfig-insecure':
      'Pour la grappe {of}, le certificat du serveur n’est pas vérifié ({field}) : quiconque se place entre les deux lirait les identifiants. Mettez le certificat de l’autorité, dans certificate-authority-data.',
    'kubeconfig-unknown-field': '{of} a le champ {field}, que Portolan ne connaît pas. Retirez-le s’il n’est pas nécessaire.',
    'kubeconfig-missing': 'Il y est question de {name}, qui n’est pas dans le fichier.',
    'kubeconfig-unreadable':
      '{field} de {of} est illisible. Est-ce entier ? Une adresse commence par https://, une donnée est du PEM en base64.',
    'kubeconfig-no-credentials': 'L’utilisateur {of} n’a ni jeton, ni certificat avec sa clé.',
    'kubeconfig-too-large':
      'C’est trop pour un kubeconfig : plus de {kibibytes} Kio, ou que n’en ont cent contextes. Collez ceux dont vous avez besoin : « kubectl config view --minify --raw ».',
    'kubeconfig-not-yaml': 'Ce texte ne se lit pas comme du YAML. Voyez la ligne {line}.',
    'kubeconfig-other': 'Ce n’est pas un kubeconfig : {field} manque, ou est autre chose.',
  },
}
