import { nowUs } from '../measure/clock.ts'
import { AcceptedLog } from './accepted-log.ts'
import type { LoadPlan, LoadReport } from './load-plan.ts'
import { PublishConnection } from './publish-connection.ts'
import { RequestText } from './request-text.ts'
import { createStopRule } from './stop-rule.ts'

// A publisher that was refused waits as a client would, or it would measure the refusals.
const PAUSE_AFTER_REFUSAL_MS = 50

export async function runClosedLoop(plan: LoadPlan, publishers: number): Promise<LoadReport> {
  const log = new AcceptedLog()
  const text = new RequestText(plan)
  const mayPublish = createStopRule(plan.until)
  let turn = 0
  const nextPathIndex = () => turn++ % text.pathCount
  const one = () => runPublisher({ port: plan.port, text, log, mayPublish, nextPathIndex })
  await Promise.all(Array.from({ length: publishers }, one))
  return log.report()
}

type Publisher = {
  port: number
  text: RequestText
  log: AcceptedLog
  mayPublish: () => boolean
  nextPathIndex: () => number
}

function runPublisher({ port, text, log, mayPublish, nextPathIndex }: Publisher): Promise<void> {
  const connection = new PublishConnection(port)
  return new Promise((resolve) => {
    const publish = () => {
      if (!mayPublish()) {
        connection.close()
        resolve()
        return
      }
      const pathIndex = nextPathIndex()
      const intendedUs = nowUs()
      connection.send(text.next(pathIndex), (answer) => {
        if (log.add({ pathIndex, intendedUs, answeredUs: nowUs() }, answer)) publish()
        else setTimeout(publish, PAUSE_AFTER_REFUSAL_MS)
      })
    }
    publish()
  })
}
