-- CreateTable
CREATE TABLE "terminals" (
    "id" UUID NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "namespace" TEXT,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "program" TEXT,
    "holder" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "activity_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "lease_until" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "ended" JSONB,

    CONSTRAINT "terminals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "terminals_environment_id_idx" ON "terminals"("environment_id");

-- CreateIndex
CREATE INDEX "terminals_ended_at_idx" ON "terminals"("ended_at");

-- AddForeignKey
ALTER TABLE "terminals" ADD CONSTRAINT "terminals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminals" ADD CONSTRAINT "terminals_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
