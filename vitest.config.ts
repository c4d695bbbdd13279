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
      {
        extends: true,
        test: {
          // What the database decides, asked of the oldest PostgreSQL that Portolan takes, run by somebody else.
          name: 'postgres-15',
          include: ['lib/{database,inventory,sync,access}/**/*.integration.test.ts'],
          exclude: [...exclude, 'lib/database/embedded/**', 'lib/sync/several.integration.test.ts'],
          globalSetup: ['e2e/engines/vitest-15.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
