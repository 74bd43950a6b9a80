import type { BenchEnvironment } from '../config.ts'
import type { GeneratorCalls } from '../load/load-plan.ts'
import type { ReceiverCalls } from '../receive/receiver-calls.ts'
import { type BenchPostgres, openBenchPostgres } from './bench-postgres.ts'
import { type BenchRedis, openBenchRedis } from './bench-redis.ts'
import { type Helper, startHelper } from './child.ts'

/** What both sides share: the stores, the load generator, the receiver. */
export type Stage = AsyncDisposable & {
  environment: BenchEnvironment
  postgres: BenchPostgres
  redis: BenchRedis | null
  generator: Helper<GeneratorCalls>
  receiver: Helper<ReceiverCalls>
  receiverPort: number
}

export async function openStage(environment: BenchEnvironment, hosts: number): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const postgres = opened.use(await openBenchPostgres(environment.databaseUrl))
  const redis = opened.use(await openBenchRedis(environment.redisUrl))
  const generator = opened.use(startHelper<GeneratorCalls>('load/generator.ts'))
  const receiver = opened.use(startHelper<ReceiverCalls>('receive/receiver.ts'))
  const receiverPort = await receiver.calls.listen({ hosts })
  const all = opened.move()
  return {
    environment,
    postgres,
    redis,
    generator,
    receiver,
    receiverPort,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
