-- AlterTable
ALTER TABLE "users" ADD COLUMN "issuer" TEXT,
ADD COLUMN "subject" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "users_issuer_subject_key" ON "users"("issuer", "subject");

-- CreateTable
CREATE TABLE "oidc_sessions" (
    "session_id" UUID NOT NULL,
    "sealed" BYTEA,
    "confirmed_at" TIMESTAMPTZ NOT NULL,
    "refresh_at" TIMESTAMPTZ,
    "problem" TEXT,

    CONSTRAINT "oidc_sessions_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE INDEX "oidc_sessions_refresh_at_idx" ON "oidc_sessions"("refresh_at");

-- AddForeignKey
ALTER TABLE "oidc_sessions" ADD CONSTRAINT "oidc_sessions_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
