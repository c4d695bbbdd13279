import type { Activity } from '../model/activity.ts'
import { listActivities } from './activities/list.ts'
import { readActivity } from './activities/read.ts'
import { listChanges } from './changes/list.ts'
import { listPeopleOfChanges } from './changes/people.ts'
import type { Endpoint } from './endpoint.ts'
import { connectEnvironment } from './environments/connect.ts'
import { discoverEngines } from './environments/discover.ts'
import { readHeadroom } from './environments/headroom.ts'
import { listEnvironments } from './environments/list.ts'
import { pauseEnvironment, resumeEnvironment } from './environments/pause.ts'
import { readEnvironment } from './environments/read.ts'
import { readEngineFile } from './environments/read-file.ts'
import { removeEnvironment } from './environments/remove.ts'
import { testEnvironment } from './environments/test.ts'
import { updateEnvironment } from './environments/update.ts'
import { readOverview } from './home/overview.ts'
import { readHome } from './home/read.ts'
import { listKinds } from './kinds/list.ts'
import { readMe } from './me/read.ts'
import { updateMe } from './me/update.ts'
import { disablePersonOperation, enablePersonOperation } from './people/disable.ts'
import { invitePersonOperation } from './people/invite.ts'
import { listPeopleOperation } from './people/list.ts'
import { readPersonOperation } from './people/read.ts'
import { removePersonOperation } from './people/remove.ts'
import { resetPersonOperation } from './people/reset.ts'
import { updatePerson } from './people/update.ts'
import { resourceQueryCodec } from './query-string.ts'
import { readConsequences } from './resources/consequences.ts'
import { exportResources } from './resources/export.ts'
import { countResourceFacets } from './resources/facets.ts'
import { listResources } from './resources/list.ts'
import { downloadLogs } from './resources/logs.ts'
import { readResourceOperation } from './resources/read.ts'
import { runAction } from './resources/run-action.ts'
import { readRulerOperation } from './resources/ruler.ts'
import { runActions } from './resources/run-actions.ts'
import { readTimeline } from './resources/timeline.ts'
import { findResources } from './search/find.ts'
import { endOtherSessionsOperation, endSessionOperation } from './sessions/end.ts'
import { listSessionsOperation } from './sessions/list.ts'
import { choosePasswordOperation } from './setup/choose-password.ts'
import { claimSetup } from './setup/claim.ts'
import { createTokenOperation } from './tokens/create.ts'
import { listTokensOperation } from './tokens/list.ts'
import { revokeTokenOperation } from './tokens/revoke.ts'
import { listTerminals } from './terminals/list.ts'
import { openTerminal } from './terminals/open.ts'
import { readHealth, readReady } from './system/health.ts'
import { readMetrics } from './system/metrics.ts'
import { readOpenApi } from './system/openapi.ts'

const resource = '/api/environments/{environment}/{kind}/{key}'
const query = resourceQueryCodec
const pending = (answer: unknown): number => ((answer as Activity).outcome === 'running' ? 202 : 200)

/** The one registry: routes, OpenAPI, the socket and the test of who may do what all read it. */
export const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/api/kinds', operation: listKinds },

  { method: 'GET', path: '/api/resources', operation: listResources, query },
  { method: 'GET', path: '/api/resources/facets', operation: countResourceFacets, query },
  { method: 'GET', path: '/api/resources/ruler', operation: readRulerOperation, query },
  { method: 'GET', path: '/api/resources/export', operation: exportResources, query, contentType: 'text/csv' },
  { method: 'GET', path: resource, operation: readResourceOperation },
  { method: 'GET', path: `${resource}/timeline`, operation: readTimeline },
  { method: 'GET', path: `${resource}/logs`, operation: downloadLogs, contentType: 'text/plain' },
  { method: 'GET', path: `${resource}/consequences/{action}`, operation: readConsequences },
  { method: 'GET', path: `${resource}/terminals`, operation: listTerminals },
  { method: 'POST', path: `${resource}/terminals`, operation: openTerminal, status: () => 201 },
  { method: 'POST', path: `${resource}/actions/{action}`, operation: runAction, status: pending },
  { method: 'POST', path: '/api/actions', operation: runActions, status: () => 202 },

  { method: 'GET', path: '/api/environments', operation: listEnvironments },
  { method: 'POST', path: '/api/environments', operation: connectEnvironment },
  { method: 'POST', path: '/api/environments/test', operation: testEnvironment },
  { method: 'POST', path: '/api/environments/read-file', operation: readEngineFile },
  { method: 'GET', path: '/api/environments/discover', operation: discoverEngines },
  { method: 'GET', path: '/api/environments/{environment}', operation: readEnvironment },
  { method: 'GET', path: '/api/environments/{environment}/overview', operation: readOverview },
  { method: 'GET', path: '/api/environments/{environment}/headroom', operation: readHeadroom },
  { method: 'PATCH', path: '/api/environments/{environment}', operation: updateEnvironment },
  { method: 'DELETE', path: '/api/environments/{environment}', operation: removeEnvironment },
  { method: 'POST', path: '/api/environments/{environment}/pause', operation: pauseEnvironment },
  { method: 'POST', path: '/api/environments/{environment}/resume', operation: resumeEnvironment },

  { method: 'GET', path: '/api/activities', operation: listActivities },
  { method: 'GET', path: '/api/activities/{id}', operation: readActivity },
  { method: 'GET', path: '/api/home', operation: readHome },
  { method: 'GET', path: '/api/changes', operation: listChanges },
  { method: 'GET', path: '/api/changes/people', operation: listPeopleOfChanges },
  { method: 'GET', path: '/api/search', operation: findResources },

  { method: 'GET', path: '/api/me', operation: readMe },
  { method: 'PATCH', path: '/api/me', operation: updateMe },
  { method: 'GET', path: '/api/sessions', operation: listSessionsOperation },
  { method: 'DELETE', path: '/api/sessions', operation: endOtherSessionsOperation },
  { method: 'DELETE', path: '/api/sessions/{id}', operation: endSessionOperation },
  { method: 'GET', path: '/api/tokens', operation: listTokensOperation },
  { method: 'POST', path: '/api/tokens', operation: createTokenOperation, status: () => 201 },
  { method: 'DELETE', path: '/api/tokens/{id}', operation: revokeTokenOperation },
  { method: 'GET', path: '/api/people', operation: listPeopleOperation },
  { method: 'POST', path: '/api/people', operation: invitePersonOperation, status: () => 201 },
  { method: 'GET', path: '/api/people/{id}', operation: readPersonOperation },
  { method: 'PATCH', path: '/api/people/{id}', operation: updatePerson },
  { method: 'DELETE', path: '/api/people/{id}', operation: removePersonOperation },
  { method: 'POST', path: '/api/people/{id}/disable', operation: disablePersonOperation },
  { method: 'POST', path: '/api/people/{id}/enable', operation: enablePersonOperation },
  { method: 'POST', path: '/api/people/{id}/reset', operation: resetPersonOperation },
  { method: 'POST', path: '/api/setup', operation: claimSetup },
  { method: 'POST', path: '/api/setup/password', operation: choosePasswordOperation },

  { method: 'GET', path: '/api/health', operation: readHealth },
  { method: 'GET', path: '/api/ready', operation: readReady },
  { method: 'GET', path: '/api/metrics', operation: readMetrics, localProgram: true, contentType: 'text/plain' },
  { method: 'GET', path: '/api/openapi.json', operation: readOpenApi(() => endpoints) },
]

const byName = new Map(endpoints.map((endpoint) => [endpoint.operation.name, endpoint]))

/** The endpoint of an operation, `resources.list`; undefined when there is none of that name. */
export const endpointOf = (name: string): Endpoint | undefined => byName.get(name)
