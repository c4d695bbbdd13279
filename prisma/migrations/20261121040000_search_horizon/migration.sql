-- Which transaction last wrote what a resource is found by: a search that was done before looks only at what was
-- written since (lib/inventory/found.ts).
ALTER TABLE search ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX search_written_in_idx ON search (written_in);
