import express from 'express'
import pg from 'pg'
import { GroupCommit } from '../baseline/group-commit.ts'
import { readBareReceiverConfig } from './config.ts'

/** The bare receiver: the bodies of a moment are committed as one row, then each is answered 200. */
const { port, databaseUrl, token } = readBareReceiverConfig()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
await pool.query('create table received (id bigserial primary key, bodies text[] not null)')
const commits = new GroupCommit<string>({
  windowMs: 1,
  maxItems: 500,
  write: async (bodies) => {
    await pool.query({
      name: 'insert',
      text: 'insert into received (bodies) values ($1)',
      values: [bodies],
    })
  },
})
const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.post('/in/:name', (req, res, next) => {
  if (req.headers.authorization === `Bearer ${token}`) next()
  else res.status(401).json({ detail: 'refused' })
})
app.post('/in/:name', express.raw({ type: () => true, limit: '2mb' }), async (req, res) => {
  const body: unknown = req.body
  await commits.add(Buffer.isBuffer(body) ? body.toString() : '')
  res.status(200).json({ success: true })
})
app.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'))
process.on('SIGTERM', () => process.exit(0))
