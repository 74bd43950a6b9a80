import { waitFor } from '@posthorn/test-kit'
import type { Pipeline } from './pipeline.ts'

/** Each of so many workers has given a sign of life since now, and so has counted the others. */
export async function untilWorkersBeat({ db }: Pipeline, count: number): Promise<void> {
  const { rows } = await db.hot.query<{ now: string }>('SELECT now()::text AS now')
  await waitFor('the workers', async () => {
    const seen = await db.hot.query('SELECT FROM worker WHERE seen_at > $1::timestamptz', [
      rows[0]?.now,
    ])
    return seen.rowCount === count
  })
}
