import { settingReader } from './env.ts'

/** Where Postgres is. What its driver would make of another text is found out late, if at all. */
export const postgresUrl = settingReader(
  (text) => urlOf(text, ['postgres:', 'postgresql:']),
  'must be a URL like postgresql://user:password@host:5432/database',
)

/** Where Redis is. Its driver takes any text for the name of a host, and goes on asking for it. */
export const redisUrl = settingReader(
  (text) => urlOf(text, ['redis:', 'rediss:']),
  'must be a URL like redis://:password@host:6379/0',
)

function urlOf(text: string, schemes: readonly string[]): string | null {
  return schemes.includes(URL.parse(text)?.protocol ?? '') ? text : null
}
