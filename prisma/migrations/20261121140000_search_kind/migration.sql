-- A search is of some kinds, and the table of rows is read only for what is shown (lib/inventory/found.ts).
ALTER TABLE search ADD COLUMN kind text COLLATE "C";
UPDATE search SET kind = r.kind FROM resources AS r WHERE r.id = search.resource_id;
ALTER TABLE search ALTER COLUMN kind SET NOT NULL;
