import { defineConfig } from 'vitest/config'

const exclude = ['node_modules/**', '.next/**', 'e2e/**/*.spec.ts']
const integration = '**/*.integration.test.{ts,tsx}'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...exclude, integration], testTimeout: 15_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [integration],
          exclude,
          // One Postgres and one dockerd for all files; each file clones its own database.
          globalSetup: ['e2e/engines/vitest.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
