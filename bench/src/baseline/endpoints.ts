import { createSecretKey, type KeyObject } from 'node:crypto'
import type pg from 'pg'

export type Endpoint = { id: number; url: URL; key: KeyObject }

type EndpointRow = { id: number; url: string; secret: Buffer }

/** Endpoints never change in a run, so each is read once: by application to fan out, by id to sign and send. */
export class Endpoints {
  readonly #pool: pg.Pool
  readonly #byApplication = new Map<number, Promise<number[]>>()
  readonly #byId = new Map<number, Promise<Endpoint>>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  idsOf(applicationId: number): Promise<number[]> {
    return remember(this.#byApplication, applicationId, async () => {
      const found = await this.#pool.query<{ id: number }>(
        'select id from endpoint where application_id = $1',
        [applicationId],
      )
      return found.rows.map((row) => row.id)
    })
  }

  get(id: number): Promise<Endpoint> {
    return remember(this.#byId, id, async () => {
      const found = await this.#pool.query<EndpointRow>(
        'select id, url, secret from endpoint where id = $1',
        [id],
      )
      const [row] = found.rows
      if (row === undefined) throw new Error(`no endpoint ${id}`)
      return { id, url: new URL(row.url), key: createSecretKey(row.secret) }
    })
  }
}

function remember<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  load: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key) ?? load()
  known.set(key, found)
  return found
}
