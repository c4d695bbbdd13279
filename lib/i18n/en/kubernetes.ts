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
  },
}
