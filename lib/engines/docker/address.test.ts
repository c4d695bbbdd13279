import { describe, expect, it } from 'vitest'
import { addressOf, parseDockerHost } from './address.ts'

describe('addresses', () => {
  it('are read from DOCKER_HOST', () => {
    expect(parseDockerHost('unix:///run/user/1000/docker.sock', false)).toEqual({ transport: 'socket', path: '/run/user/1000/docker.sock' })
    expect(parseDockerHost('tcp://build-01', false)).toEqual({ transport: 'tcp', host: 'build-01', port: 2375 })
    expect(parseDockerHost('tcp://build-01:2376', false)).toEqual({ transport: 'tls', host: 'build-01', port: 2376 })
    expect(parseDockerHost('tcp://[::1]:99', true)).toEqual({ transport: 'tls', host: '::1', port: 99 })
    expect(parseDockerHost('ssh://me@build-01', false)).toBeNull()
  })
  it('are shown without secrets', () => {
    expect(addressOf({ transport: 'socket', path: '/a' })).toBe('unix:///a')
    expect(addressOf({ transport: 'tls', host: '::1', port: 1 })).toBe('tls://[::1]:1')
    const ssh = { transport: 'ssh', host: 'build-01', port: 22, user: 'deploy', path: '/var/run/docker.sock', signIn: 'key' } as const
    expect(addressOf(ssh)).toBe('ssh://deploy@build-01')
    expect(addressOf({ ...ssh, host: '::1', port: 2222, path: '/a' })).toBe('ssh://deploy@[::1]:2222/a')
  })
})
