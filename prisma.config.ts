import { defineConfig } from 'prisma/config'

// For `prisma generate` and `prisma migrate status` by hand; Posthorn runs its migrations itself.
export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://127.0.0.1/posthorn' },
})
