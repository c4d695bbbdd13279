/** What is no kind's: connecting a cluster, and why it or one of its kinds is not followed. */
export default {
  reasons: {
    'kubeconfig-exec':
      'The user {of} signs in by running a command ({field}), and Portolan runs none from a file. Make a service account in the cluster and connect by its token.',
    'kubeconfig-auth-provider':
      'The user {of} signs in by a plugin of kubectl’s ({field}), which Portolan does not have. Make a service account in the cluster and connect by its token.',
    'kubeconfig-file':
      '{field} of {of} names a file on the machine where this was written, and Portolan opens none. Put its content in, as {instead}: “kubectl config view --raw --flatten” does.',
    'kubeconfig-password':
      'The user {of} has a name and a password ({field}), which Kubernetes takes no more. Use a token or a certificate.',
    'kubeconfig-impersonation': 'The user {of} acts as somebody else ({field}). Connect by the credentials of whom it should be.',
    'kubeconfig-proxy-url':
      'The cluster {of} is reached through a proxy ({field}), which Portolan does not use. Enter an address that it reaches directly.',
    'kubeconfig-insecure':
      'For the cluster {of} the server’s certificate is not checked ({field}): whoever stands in between could read the credentials. Put its CA certificate in, as certificate-authority-data.',
    'kubeconfig-unknown-field': '{of} has the field {field}, which Portolan does not know. Leave it out if it is not needed.',
    'kubeconfig-missing': 'It speaks of {name}, which is not in the file.',
    'kubeconfig-unreadable': '{field} of {of} cannot be read. Is it whole? An address begins with https://, data is PEM in base64.',
    'kubeconfig-no-credentials': 'The user {of} has neither a token nor a certificate with its key.',
    'kubeconfig-too-large':
      'This is too much for a kubeconfig: more than {kibibytes} KiB, or than a hundred contexts have. Paste those that you need: “kubectl config view --minify --raw”.',
    'kubeconfig-not-yaml': 'This cannot be read as YAML. Look at line {line}.',
    'kubeconfig-other': 'This is no kubeconfig: {field} is missing, or is something else.',
    'not-kubernetes-html': 'What answers at {address} is a web site, not a Kubernetes API.',
    'not-kubernetes-json': 'What {address} answers is not what a Kubernetes API would.',
    'not-kubernetes-other': 'What answers at {address} is not a Kubernetes API.',
    'not-kubernetes-refused': 'What answers at {address} does not say that it is Kubernetes: {answered}.',
    'kubernetes-too-old': '{address} is older than Kubernetes 1.26, the oldest that Portolan follows.',
    'exec-as-container': 'Kubernetes runs a program as its container does: leave user and working directory empty.',
    'no-such-program': '{name} holds no {program}.',
    'not-in-cluster': 'Portolan does not run in a cluster: it has no service account here. Connect by a token or a certificate.',
    'kind-not-served': 'This cluster does not serve {kind}.',
    'credentials-refused': '{address} does not accept these credentials. Has the token expired, or was it deleted?',
    'api-forbidden': '{user} has no right to do this. A role binding in the cluster gives it.',
    'api-forbidden-somehow':
      'The cluster forbids this to the credentials of this environment. A role binding in the cluster gives the right.',
    'api-has-none': 'The cluster has no such thing.',
    'exists-already': 'There is one of that name already.',
    'changed-meanwhile': 'It was changed in the meantime. Look at it again before acting.',
    'api-invalid': 'The cluster does not take this.',
    'api-refused': '{address} refused ({status}).',
    'api-failed': '{address} failed ({status}).',
    'api-busy': '{address} has too much to do ({status}). It is asked again when it said.',
    'disruption-budget': 'A disruption budget keeps it from being evicted now.',
    'resource-version-expired': 'What the cluster told before has expired; it is listed anew.',
    'watch-ended-early': 'The cluster ends its stream of changes at once, again and again.',
    'watch-silent': '{address} has said nothing for too long: the connection was dead.',
    'watch-line-broken': '{address} sent a broken line in its stream of changes; all is listed anew.',
    'namespace-takes-all': 'Everything in the namespace {name} is deleted with it.',
    'owned-go-with-it': '{count, plural, one {# {kind} goes} other {# {kind} go}} with it, unless what it owns is left alone.',
    'owned-go-with-it-at-least':
      'At least {count, plural, one {# {kind} goes} other {# {kind} go}} with it, unless what it owns is left alone.',
    'own-kubeconfig-unreadable':
      'PORTOLAN_KUBECONFIG names {path}, which Portolan cannot read. Is it there, and may the user who runs Portolan read it?',
    'own-kubeconfig-lacks': 'The kubeconfig of this machine, which PORTOLAN_KUBECONFIG names, has no context {context}.',
  },
}
