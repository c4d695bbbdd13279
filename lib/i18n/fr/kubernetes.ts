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
    'not-kubernetes-html': 'Ce qui répond à {address} est un site web, pas une API Kubernetes.',
    'not-kubernetes-json': 'Ce que répond {address} n’est pas ce que répondrait une API Kubernetes.',
    'not-kubernetes-other': 'Ce qui répond à {address} n’est pas une API Kubernetes.',
    'not-kubernetes-refused': 'Ce qui répond à {address} ne dit pas être Kubernetes : {answered}.',
    'kubernetes-too-old': '{address} est plus ancien que Kubernetes 1.26, le plus ancien que suive Portolan.',
    'exec-as-container': 'Kubernetes lance un programme comme le fait le conteneur : laissez l’utilisateur et le dossier vides.',
    'no-such-program': '{name} ne contient pas {program}.',
    'not-in-cluster':
      'Portolan ne tourne pas dans une grappe : il n’a ici aucun compte de service. Connectez-vous par un jeton ou un certificat.',
    'kind-not-served': 'Cette grappe ne sert pas de {kind}.',
    'credentials-refused': '{address} n’accepte pas ces identifiants. Le jeton a-t-il expiré, ou a-t-il été supprimé ?',
    'api-forbidden': '{user} n’a pas ce droit. Une liaison de rôle dans la grappe le donne.',
    'api-forbidden-somehow':
      'La grappe l’interdit aux identifiants de cet environnement. Une liaison de rôle dans la grappe en donne le droit.',
    'api-has-none': 'La grappe n’a rien de tel.',
    'exists-already': 'Il en existe déjà un de ce nom.',
    'changed-meanwhile': 'Il a été modifié entre-temps. Regardez-le de nouveau avant d’agir.',
    'api-invalid': 'La grappe ne l’accepte pas.',
    'api-refused': '{address} a refusé ({status}).',
    'api-failed': '{address} a échoué ({status}).',
    'api-busy': '{address} a trop à faire ({status}). On le lui redemandera quand il l’a dit.',
    'disruption-budget': 'Un budget de perturbation empêche de l’évincer maintenant.',
    'resource-version-expired': 'Ce que la grappe a dit avant a expiré ; tout est relu.',
    'watch-ended-early': 'La grappe met fin aussitôt à son flux de changements, encore et encore.',
    'watch-silent': '{address} n’a rien dit depuis trop longtemps : la connexion était morte.',
    'watch-line-broken': '{address} a envoyé une ligne abîmée dans son flux de changements ; tout est relu.',
    'namespace-takes-all': 'Tout ce que contient l’espace de noms {name} est supprimé avec lui.',
    'owned-go-with-it':
      '{count, plural, one {# {kind} disparaît} other {# {kind} disparaissent}} avec, à moins de laisser ce qu’il possède.',
    'owned-go-with-it-at-least':
      'Au moins {count, plural, one {# {kind} disparaît} other {# {kind} disparaissent}} avec, à moins de laisser ce qu’il possède.',
    'own-kubeconfig-unreadable':
      'PORTOLAN_KUBECONFIG désigne {path}, que Portolan ne peut pas lire. Le fichier est-il là, et l’utilisateur qui exécute Portolan a-t-il le droit de le lire ?',
    'own-kubeconfig-lacks': 'Le kubeconfig de cette machine, que désigne PORTOLAN_KUBECONFIG, n’a pas de contexte {context}.',
  },
}
