import type { Application } from '../contender.ts'
import { nowUs } from '../measure/clock.ts'
import { median } from '../measure/distribution.ts'
import type { Posthorn } from '../product/start-posthorn.ts'

const CALLS = 100

export type ListTimes = { messagesMs: number; attemptsMs: number }

/** The newest page of messages, and of an endpoint's attempts, one call after the other. */
export async function timeLists(posthorn: Posthorn, application: Application): Promise<ListTimes> {
  const endpointId = application.endpoints[0]?.id ?? ''
  return {
    messagesMs: await timeGet(posthorn, `/app/${application.id}/msg?limit=50`),
    attemptsMs: await timeGet(
      posthorn,
      `/app/${application.id}/attempt/endpoint/${endpointId}?limit=50`,
    ),
  }
}

async function timeGet({ api }: Posthorn, path: string): Promise<number> {
  const times: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const startUs = nowUs()
    await api.get(path)
    times.push((nowUs() - startUs) / 1e3)
  }
  return median(times)
}
