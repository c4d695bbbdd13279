-- API tokens: a public id to look them up by, and the SHA-256 of the secret that goes with it.
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "last_used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "tokens_role_check" CHECK ("role" IN ('viewer', 'deployer', 'operator', 'administrator')),
    CONSTRAINT "tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "tokens_public_id_key" ON "tokens"("public_id");
CREATE INDEX "tokens_user_id_idx" ON "tokens"("user_id");

-- Through which token its person did something; null: signed in.
ALTER TABLE "activities" ADD COLUMN "token_name" TEXT;
