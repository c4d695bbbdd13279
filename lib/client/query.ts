import { QueryClient } from '@tanstack/react-query'
import { errorTable, isAppError } from '../errors/index.ts'

export { formatQuery } from '../model/query-text.ts'

/** The key of an operation's answer in the one cache of the browser. */
export const queryKeyOf = (operation: string, input: unknown) => [operation, input] as const

const retries = 2

/** One for each tab (and one for each request on the server); the shell puts it into QueryClientProvider. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // What is followed on the socket is never stale by age; what is not asks for a `staleTime` of its own.
        staleTime: 30_000,
        retry: (failures, error) => failures < retries && isAppError(error) && errorTable[error.code].retry,
      },
      // Offline is said at once, not waited out: who saves wants to know.
      mutations: { networkMode: 'always' },
    },
  })
