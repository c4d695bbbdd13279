-- The inventory: the one read model of lists, searches, counts and timelines. Raw SQL, see lib/inventory and
-- docs/decisions/0001-inventory-schema.md. Indexes for sorting by facts are made on demand (lib/inventory/indexes.ts).

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- One row per resource, narrow: exactly what lists show, sort by and filter by.
CREATE TABLE resources (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment_id integer NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  kind           text COLLATE "C" NOT NULL,
  key            text COLLATE "C" NOT NULL,
  uid            text COLLATE "C" NOT NULL,
  version        text COLLATE "C" NOT NULL,
  namespace      text COLLATE "C",
  name           text COLLATE "C" NOT NULL,
  -- Lower case: the order of names and the prefixes that are searched for.
  sort_name      text COLLATE "C" NOT NULL,
  -- Rank in lib/model/health.ts, worst first.
  health         smallint NOT NULL,
  since          timestamptz,
  created_at     timestamptz,
  observed_at    timestamptz NOT NULL,
  state          jsonb NOT NULL,
  reason         jsonb,
  facts          jsonb NOT NULL,
  images         text[] NOT NULL,
  labels         jsonb NOT NULL,
  UNIQUE (environment_id, kind, key)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Every order is broken by id, so that a window can go on from any row.
CREATE INDEX resources_name_idx ON resources (kind, sort_name, id);
CREATE INDEX resources_health_idx ON resources (kind, health, (coalesce(since, 'infinity'::timestamptz)), id);
CREATE INDEX resources_created_at_idx ON resources (kind, created_at, id);
CREATE INDEX resources_since_idx ON resources (kind, since, id);
CREATE INDEX resources_environment_idx ON resources (kind, environment_id, id);
CREATE INDEX resources_namespace_idx ON resources (kind, namespace, id);
-- For people bound to namespaces.
CREATE INDEX resources_scope_idx ON resources (environment_id, namespace, kind) WHERE namespace IS NOT NULL;

-- The engine's own JSON. `json`, not `jsonb`: it is only ever handed on, in the engine's order.
CREATE TABLE documents (
  resource_id bigint PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
  document    json NOT NULL
);

-- What a resource is found by. Apart, because it seldom changes while the row does all the time, and every new version
-- of a row would go into these indexes again.
CREATE TABLE search (
  resource_id bigint PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
  -- Name, labels, images, ids, addresses, ports: lower case, punctuation as letters (lib/inventory/searchable.ts).
  text        text COLLATE "C" NOT NULL,
  relations   jsonb NOT NULL,
  -- The writing transaction: a search that was done before looks only at what was written since
  -- (lib/inventory/found.ts).
  written_in  xid8 NOT NULL DEFAULT pg_current_xact_id()
);
-- How much the two collect before it is sorted in is said by who writes: little in small batches, which would wait for
-- it, much in a first list (lib/inventory/store.ts).
CREATE INDEX search_text_idx ON search USING gin (text gin_trgm_ops);
CREATE INDEX search_relations_idx ON search USING gin (relations jsonb_path_ops);
CREATE INDEX search_written_in_idx ON search (written_in);

-- Kept as deltas by the batches; '' is no namespace.
CREATE TABLE counts (
  environment_id integer NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  kind           text COLLATE "C" NOT NULL,
  namespace      text COLLATE "C" NOT NULL,
  health         smallint NOT NULL,
  count          bigint NOT NULL,
  PRIMARY KEY (kind, environment_id, namespace, health)
) WITH (fillfactor = 50);

-- Where sync goes on after a restart; opaque to all but the engine.
CREATE TABLE cursors (
  environment_id integer NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  kind           text COLLATE "C" NOT NULL,
  cursor         text,
  -- The last complete list; null while only parts are known.
  listed_at      timestamptz,
  written_at     timestamptz NOT NULL,
  PRIMARY KEY (environment_id, kind)
) WITH (fillfactor = 50);

-- Events and changes share one sequence, so that an id is unique on a timeline.
CREATE SEQUENCE timeline_id_seq;

-- What engines said. One partition per UTC day, made on demand, dropped when too old.
CREATE TABLE events (
  id             bigint NOT NULL DEFAULT nextval('timeline_id_seq'),
  environment_id integer NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  at             timestamptz NOT NULL,
  -- The kind whose rows events are: docker/events.
  list_kind      text COLLATE "C" NOT NULL,
  kind           text COLLATE "C" NOT NULL,
  key            text COLLATE "C" NOT NULL,
  name           text COLLATE "C" NOT NULL,
  namespace      text COLLATE "C",
  action         text COLLATE "C" NOT NULL,
  severity       text COLLATE "C" NOT NULL,
  attributes     jsonb NOT NULL,
  text           text COLLATE "C" NOT NULL,
  PRIMARY KEY (at, id),
  -- A cursor overlaps: what was already said is not kept twice.
  UNIQUE (environment_id, kind, key, at, action)
) PARTITION BY RANGE (at);
CREATE INDEX events_text_idx ON events USING gin (text gin_trgm_ops);

-- What became different by itself. A new uid under an old key is a new life on the same timeline.
CREATE TABLE changes (
  id             bigint NOT NULL DEFAULT nextval('timeline_id_seq'),
  environment_id integer NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  at             timestamptz NOT NULL,
  kind           text COLLATE "C" NOT NULL,
  key            text COLLATE "C" NOT NULL,
  uid            text COLLATE "C" NOT NULL,
  name           text COLLATE "C" NOT NULL,
  namespace      text COLLATE "C",
  change         text COLLATE "C" NOT NULL,
  from_health    smallint,
  to_health      smallint,
  state          jsonb,
  reason         jsonb,
  PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX changes_subject_idx ON changes (environment_id, kind, key, at);

-- Events as rows of a list, so that one query serves both.
CREATE VIEW event_rows AS
SELECT
  id, environment_id, list_kind AS kind, id::text AS key, id::text AS uid, ''::text AS version, namespace, name,
  lower(name) COLLATE "C" AS sort_name,
  (CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 6 END)::smallint AS health,
  at AS since, at AS created_at, at AS observed_at,
  jsonb_build_object('code', 'event', 'params', jsonb_build_object('action', action)) AS state,
  NULL::jsonb AS reason,
  jsonb_build_object('severity', severity, 'of', kind, 'subject', key, 'action', action) AS facts,
  '{}'::text[] AS images, attributes AS labels, text
FROM events;
