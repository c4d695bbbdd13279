-- Kinds that an environment's credentials, or its engine, do not let sync follow: kind → why.
ALTER TABLE environments ADD COLUMN unfollowed jsonb NOT NULL DEFAULT '{}';
