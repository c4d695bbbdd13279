export default {
  entry: {
    tagline: 'Every place you run containers, on one chart.',
    healthy: 'Server healthy',
    unhealthy: 'Database does not answer',
    language: 'Language',
    /** The engines that can be connected, as they are written on the chart. */
    harbours: 'Docker',
    signIn: {
      title: 'Sign in',
      account: 'Account',
      password: 'Password',
      submit: 'Sign in',
      keep: 'You stay signed in on this device for {hours, plural, one {# hour} other {# hours}}.',
      back: 'Sign in to go on where you were.',
      wrong: 'Account and password do not match.',
      waiting: 'Too many tries. The next one is possible in {wait}.',
      waitOver: 'You can try again now.',
      down: 'Portolan does not answer. Nothing was sent; try again in a moment.',
      unavailable: 'Portolan’s database does not answer. Your password was not checked.',
      forgotten:
        'Password forgotten? It cannot be shown or sent. An administrator can make you a link for a new one; where none is left, whoever runs this server can: npm run admin-link',
      notSetUp: 'Nobody administers Portolan yet.',
      notSetUpText: 'Open the one-time link that the start of Portolan printed. A new start prints a new one.',
      accountMissing: 'Type the account you sign in with.',
      passwordMissing: 'Type the password.',
      provider: {
        button: 'Sign in with {name}',
        by: 'OpenID Connect, provided by {host}',
        or: 'or with a local account',
        problems: {
          oidc_unreachable: {
            title: '{name} does not answer.',
            text: 'Nobody can sign in with it, or stay signed in for long, until it does. Try again in a moment; local accounts work.',
          },
          oidc_denied: {
            title: '{name} did not let you in.',
            text: 'It refused, or you did not go on there. You can try again.',
          },
          oidc_failed: {
            title: '{name} answered with something that is not right.',
            text: 'You were not signed in. The log of Portolan says what it was; whoever runs Portolan can put it right.',
          },
          oidc_stale: {
            title: 'This sign-in does not count.',
            text: 'It was used already, took too long, or was begun in another window. Begin anew.',
          },
          oidc_no_groups: {
            title: '{name} does not say which groups you are in.',
            text: 'So Portolan cannot know what you may do. Whoever runs Portolan can put it right.',
          },
          oidc_no_role: {
            title: 'Your groups give you no role here.',
            text: '{name} knows you, but none of the groups you are in there may use Portolan. Ask whoever runs Portolan which one you need.',
          },
          oidc_disabled: {
            title: 'Your account here is disabled.',
            text: 'An administrator of Portolan can enable it again.',
          },
          oidc_withdrawn: {
            title: '{name} ended your sign-in.',
            text: 'So it ended here too. Sign in again.',
          },
          oidc_unconfirmed: {
            title: '{name} has not confirmed your sign-in for a while.',
            text: 'So it has ended. Sign in again.',
          },
        },
      },
    },
    setup: {
      pageTitle: 'One-time link',
      title: 'Make the first account',
      anotherTitle: 'Make an administrator’s account',
      text: 'It administers Portolan: environments, people, settings. The link you opened works once.',
      name: 'Your name',
      nameHelp: 'As others read it beside what you do.',
      login: 'Account',
      loginHelp: 'What you type to sign in. Small letters, digits and . _ @ -',
      password: 'Password',
      passwordHelp: 'At least {count} characters. A few words in a row are good.',
      strength: 'Strength: {word}',
      strengths: { short: 'too short', weak: 'easy to guess', fair: 'fair', good: 'good' },
      submit: 'Make the account',
      nameMissing: 'Type your name.',
      loginWrong: 'Starts with a letter or digit, then small letters, digits and . _ @ - only.',
      passwordShort: 'Has {count} characters, needs {least}.',
      passwordIsLogin: 'Is the account’s own name: anybody would try that first.',
      usedTitle: 'This link does not work any more',
      usedText:
        'It was used, replaced by a newer one, or is too old. If nobody administers Portolan yet, start it again: it prints a new link.',
      doneText:
        'It was used, replaced by a newer one, or is too old. If you have chosen a password, sign in with it; otherwise ask whoever gave you the link for a new one.',
      toSignIn: 'Go to sign-in',
      signInFailed: 'The account is made, but signing in did not work. Sign in with it now.',
    },
    join: {
      account: 'Your account:',
      submit: 'Set the password and sign in',
      signInFailed: 'The password is set, but signing in did not work. Sign in with it now.',
      invitation: {
        title: 'Welcome, {name}',
        text: 'Choose the password you will sign in with. Nobody else will know it, and this link works once.',
      },
      reset: {
        title: 'A new password, {name}',
        text: 'The old one stops working, and whatever is still signed in as you is signed out. This link works once.',
      },
    },
    welcome: {
      steps: 'First steps',
      account: 'Your account',
      engines: 'Engines',
      skip: 'Skip, start empty',
      leave: 'To the console',
      stepDone: 'done',
    },
  },
}
