-- Sign-in attempts, in the shape that rate-limiter-flexible keeps them. Like the inventory it is not Prisma's.
-- UNLOGGED: losing the counts in a crash is harmless, and attempts must not cost a flush to disk.
CREATE UNLOGGED TABLE "login_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "login_limits_pkey" PRIMARY KEY ("key")
);
