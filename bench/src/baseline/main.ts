import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { openProducer, startConsumer } from './batch-queue.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { type BaselineConfig, readBaselineConfig } from './config.ts'
import { openHotPool } from './database.ts'
import { Endpoints } from './endpoints.ts'
import { GroupCommit } from './group-commit.ts'
import { insertMessages } from './insert-messages.ts'
import type { ClaimedDelivery, Message } from './message.ts'
import { createPublishApp } from './publish-app.ts'
import { type Attempt, recordAttempts } from './record-attempts.ts'
import { Sender } from './sender.ts'

/**
 * The bare baseline: the least code that honestly does publish, group commit, 202, hand-over, sign, send and
 * record, with nothing around it. One process hands over in memory (the insert is the lease); two have one
 * job per committed batch between them.
 */
const LEASE_SECONDS = 60

type Baseline = { config: BaselineConfig; pool: pg.Pool; endpoints: Endpoints; leaseToken: string }

const config = readBaselineConfig()
const pool = openHotPool(config.databaseUrl)
const baseline: Baseline = {
  config,
  pool,
  endpoints: new Endpoints(pool),
  leaseToken: randomUUID(),
}

const sender = config.roles.includes('worker') ? startSender(baseline) : null
if (config.roles.includes('api')) await startApi(baseline, sender)
else if (sender !== null) await startWorker(baseline, sender)
process.stdout.write('ready\n')

function startSender({ pool, endpoints, leaseToken }: Baseline): Sender {
  const records = new GroupCommit<Attempt>({
    windowMs: 2,
    maxItems: 500,
    write: (attempts) => recordAttempts(pool, attempts, leaseToken),
  })
  return new Sender({ endpoints, record: (attempt) => records.add(attempt) })
}

async function startApi(
  { config, pool, endpoints, leaseToken }: Baseline,
  own: Sender | null,
): Promise<void> {
  const lease = own === null ? null : { token: leaseToken, seconds: LEASE_SECONDS }
  const handOver =
    own === null ? await queueHandOver(config) : (all: Message[]) => own.push(all.flatMap(claimed))
  const publishes = new GroupCommit<Message>({
    windowMs: 1,
    maxItems: 500,
    write: async (messages) => {
      await insertMessages(pool, messages, lease)
      handOver(messages)
    },
  })
  const app = createPublishApp({ endpoints, commit: (message) => publishes.add(message) })
  await new Promise<void>((resolve) => {
    app.listen(config.port, '127.0.0.1', () => resolve())
  })
}

async function queueHandOver(config: BaselineConfig): Promise<(messages: Message[]) => void> {
  const enqueue = await openProducer(config.queue)
  return (messages) => void enqueue(messages.map((message) => message.id))
}

async function startWorker({ config, pool, leaseToken }: Baseline, sender: Sender): Promise<void> {
  const claims = new GroupCommit<string[]>({
    windowMs: 0,
    maxItems: 8,
    write: async (batches) => sender.push(await claimDeliveries(pool, batches.flat(), leaseToken)),
  })
  await startConsumer(config.queue, async (messageIds) => {
    await sender.room()
    await claims.add(messageIds)
  })
}

function claimed({ id, payload, endpointIds }: Message): ClaimedDelivery[] {
  return endpointIds.map((endpointId) => ({ messageId: id, endpointId, payload }))
}
process.on('SIGTERM', () => process.exit(0))
