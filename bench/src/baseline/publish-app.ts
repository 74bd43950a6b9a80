import express, { type Express } from 'express'
import type { Endpoints } from './endpoints.ts'
import { type Message, newBaselineId } from './message.ts'

export type PublishAppOptions = {
  endpoints: Endpoints
  commit: (message: Message) => Promise<void>
}

/** Answers 202 once message and deliveries are committed. */
export function createPublishApp({ endpoints, commit }: PublishAppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  const readBody = express.raw({ type: () => true, limit: '2mb' })
  app.get('/ready', (_req, res) => {
    res.sendStatus(204)
  })
  app.post('/publish/:applicationId', readBody, async (req, res) => {
    const body: unknown = req.body
    const applicationId = Number(req.params['applicationId'])
    const message: Message = {
      id: newBaselineId('msg_'),
      applicationId,
      endpointIds: await endpoints.idsOf(applicationId),
      payload: Buffer.isBuffer(body) ? body.toString() : '',
    }
    await commit(message)
    res.status(202).json({ id: message.id })
  })
  return app
}
