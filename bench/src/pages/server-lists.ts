import { nowUs } from '../measure/clock.ts'
import { distributionOf } from '../measure/distribution.ts'
import type { PosthornApi } from '../product/posthorn-api.ts'
import type { Finding } from './finding.ts'
import type { Seeded } from './seed.ts'

const CALLS = 40
const WARM_UP_CALLS = 3
const MOST_MS = 300

/** Each list as its page asks for it, one call after the other, on this machine. */
export async function timeServerLists(api: PosthornApi, seeded: Seeded): Promise<Finding[]> {
  const app = `/app/${seeded.appId}`
  const messages = `${app}/msg?limit=50&with_content=false&with_deliveries=true`
  const attempts = `${app}/attempt/endpoint/${seeded.endpointId}?limit=50&with_msg=true&with_content=false`
  const lists = {
    endpoints: `${app}/endpoint?limit=50`,
    'endpoints, searched': `${app}/endpoint?limit=50&search=hooks99`,
    'endpoints, failing': `${app}/endpoint?limit=50&health=failing`,
    'endpoints, healthy': `${app}/endpoint?limit=50&health=healthy`,
    messages,
    'messages by type': `${messages}&event_types=group7.thing7`,
    'messages by tag': `${messages}&tag=urgent`,
    'attempts of an endpoint': attempts,
    'attempts that failed': `${attempts}&status=2`,
    'attempts by tag': `${attempts}&tag=urgent`,
    "an endpoint's messages": `${app}/endpoint/${seeded.endpointId}/msg?limit=50`,
    'event types': '/event-type?limit=250',
    history: `${app}/endpoint/${seeded.endpointId}/history?limit=50`,
    traffic: `${app}/traffic?period=24h`,
    ...supportLists(seeded),
  }
  const findings: Finding[] = []
  for (const [name, path] of Object.entries(lists)) findings.push(await timeList(api, name, path))
  return findings
}

/** Those of the console, over all applications. */
function supportLists({ appId, endpointId, messageId }: Seeded) {
  const messages = '/support/message?limit=50'
  return {
    'find a message by its id': `/support/search?q=${messageId}`,
    'find by an event id that nobody has': '/support/search?q=order-4711',
    'find endpoints by host': '/support/search?q=hooks99.example.com',
    'all messages': messages,
    'all messages, failed by cause': `${messages}&status=failed&cause=http_500`,
    'all messages, failed at a host': `${messages}&status=failed&host=hooks100.example.com`,
    'all messages of an application': `${messages}&app_id=${appId}`,
    applications: '/support/application?limit=50',
    'health board': '/support/health-board?limit=20',
    outages: '/support/outage?limit=20',
    overview: '/support/overview',
    'history of an endpoint': `/audit?target=${endpointId}&limit=50`,
  }
}

async function timeList(api: PosthornApi, name: string, path: string): Promise<Finding> {
  const times: number[] = []
  for (let call = -WARM_UP_CALLS; call < CALLS; call++) {
    const startUs = nowUs()
    await api.get(path)
    if (call >= 0) times.push((nowUs() - startUs) / 1e3)
  }
  const { p50, p95, max } = distributionOf(times)
  return {
    what: `server: ${name}, ms p95`,
    value: p95,
    bound: MOST_MS,
    note: `p50 ${p50.toFixed(1)}, max ${max.toFixed(1)} of ${CALLS}`,
  }
}
