import type { Application, ApplicationPlan, EndpointPlan } from '../contender.ts'
import { idOf, type PosthornApi } from './posthorn-api.ts'

const AT_ONCE = 8

export async function provisionPosthorn(
  api: PosthornApi,
  plans: readonly ApplicationPlan[],
): Promise<Application[]> {
  return mapAtOnce(plans, async ({ endpoints }) => {
    const id = idOf(await api.post('/app', { name: `Bench ${endpoints[0]?.number ?? 0}` }))
    return {
      id,
      publishPath: `/api/v1/app/${id}/msg?with_content=false`,
      endpoints: await mapAtOnce(endpoints, (plan) => createEndpoint(api, id, plan)),
    }
  })
}

export async function retirePosthorn(
  api: PosthornApi,
  { id, endpoints }: Application,
): Promise<void> {
  await mapAtOnce(endpoints, (endpoint) => api.delete(`/app/${id}/endpoint/${endpoint.id}`))
}

async function createEndpoint(
  api: PosthornApi,
  applicationId: string,
  { number, url, ratePerSecond }: EndpointPlan,
): Promise<{ number: number; id: string }> {
  const created = await api.post(`/app/${applicationId}/endpoint`, {
    url,
    ...(ratePerSecond === undefined ? {} : { throttleRate: ratePerSecond }),
  })
  return { number, id: idOf(created) }
}

async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(make))))
  }
  return results
}
