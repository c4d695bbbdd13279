/** @type {import('./go.mjs').GoPrograms} Docker Engine 29, which Debian does not have yet. */
export const docker29 = {
  name: 'docker-29',
  title: 'Docker 29',
  minutes: 6,
  module: 'github.com/moby/moby/v2',
  version: 'v2.0.0-beta.24',
  packages: ['github.com/moby/moby/v2/cmd/dockerd', 'github.com/moby/moby/v2/cmd/docker-proxy'],
  variables: { 'github.com/moby/moby/v2/dockerversion.Version': '29.0.0-beta.24' },
}
