// Drops everything that Portolan made in the database of DATABASE_URL.
import { pool } from '../lib/database/index.ts'

await pool().query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
await pool().end()
