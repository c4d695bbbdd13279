-- A one-time link belongs to a purpose: one more administrator, or a person who has no password yet or gets a new one.
ALTER TABLE "setup_links" RENAME TO "one_time_links";
ALTER TABLE "one_time_links" RENAME CONSTRAINT "setup_links_pkey" TO "one_time_links_pkey";
ALTER INDEX "setup_links_token_hash_key" RENAME TO "one_time_links_token_hash_key";

ALTER TABLE "one_time_links"
    ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'administrator',
    ADD COLUMN "user_id" UUID,
    ADD COLUMN "expires_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "one_time_links" SET "expires_at" = "created_at" + INTERVAL '24 hours';
ALTER TABLE "one_time_links"
    ALTER COLUMN "purpose" DROP DEFAULT,
    ALTER COLUMN "expires_at" DROP DEFAULT,
    ADD CONSTRAINT "one_time_links_purpose_check" CHECK (
        "purpose" IN ('administrator', 'invitation', 'reset') AND ("purpose" = 'administrator') = ("user_id" IS NULL)
    ),
    ADD CONSTRAINT "one_time_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "one_time_links_user_id_idx" ON "one_time_links"("user_id");

-- Chosen once, it follows the person from browser to browser. Null: never chosen.
ALTER TABLE "users" ADD COLUMN "theme" TEXT;
