-- Which syncs run, so that they can share the environments evenly. Like the inventory it is not Prisma's.
-- UNLOGGED: after a crash of the database every sync says again that it is there.
CREATE UNLOGGED TABLE syncs (
  id         uuid PRIMARY KEY,
  renewed_at timestamptz NOT NULL
);
