import type { AuthContext } from '@posthorn/core'
import type { CliConfig } from './config.ts'
import { makeFirstOwnerUrl } from './first-owner.ts'
import type { Found } from './supervisor-channel.ts'

/**
 * What `start` shows of the database it found. On an empty one the first delivery comes before the first
 * owner's link: it makes the organisation that the link is for.
 */
export async function lookAtDatabase(
  config: Pick<CliConfig, 'env' | 'apiPort'>,
  core: AuthContext,
): Promise<Found> {
  const { rows } = await core.db.hot.query(
    'SELECT 1 FROM application WHERE NOT operational LIMIT 1',
  )
  const isEmpty = rows.length === 0
  return { isEmpty, firstOwnerUrl: isEmpty ? null : await makeFirstOwnerUrl(config, core) }
}
