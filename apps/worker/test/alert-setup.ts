import {
  type AlertRuleInput,
  type AlertTargetInput,
  createAlertRule,
  listAlertNotifications,
  testAlertRule,
} from '@posthorn/core/alert'
import { generateSecret } from '@posthorn/signing'
import type { ReceivedRequest } from '@posthorn/test-kit'
import { waitFor } from '@posthorn/test-kit'
import { Webhook } from 'standardwebhooks'
import { type Pipeline, type PipelineOptions, startPipeline } from './pipeline.ts'

export const SECRET = generateSecret()

/** The engine, and alert rules in it. */
export async function startAlerting(options: PipelineOptions = {}) {
  const pipeline = await startPipeline(options)
  const ctx = { ...pipeline.core, canMail: true }
  const { scope } = pipeline
  const newest = { limit: 50, order: 'descending' } as const
  const told = async (id: string) =>
    (await listAlertNotifications(ctx, scope, { id, ...newest })).items
  return {
    ...pipeline,
    addRule: async (target: AlertTargetInput, fields: Partial<AlertRuleInput> = {}) => {
      const { rule } = await createAlertRule(ctx, scope, { ...RULE, target, ...fields })
      return rule.id
    },
    test: async (id: string) => (await testAlertRule(ctx, scope, id)).id,
    told,
    ruleOf: (id: string) => pipeline.db.prisma.alertRule.findUniqueOrThrow({ where: { id } }),
    untilSettled: async (id: string) => {
      await waitFor('the outcome', async () =>
        (await told(id)).every(({ status }) => status !== 'pending'),
      )
      return told(id)
    },
  }
}

const RULE: Omit<AlertRuleInput, 'target'> = {
  name: 'Endpoints',
  condition: 'endpoint_disabled',
  threshold: 1,
  windowSeconds: 3_600,
  reminderSeconds: null,
}

/** As `disableByItself` leaves it; and as it is enabled again. */
export async function setDisabled(
  { db }: Pick<Pipeline, 'db'>,
  endpointId: string,
  isDisabled: boolean,
): Promise<void> {
  await db.hot.query(
    `UPDATE endpoint SET disabled = $2, disabled_at = CASE WHEN $2 THEN now() END,
            disabled_by = CASE WHEN $2 THEN 'automatic' END WHERE id = $1`,
    [endpointId, isDisabled],
  )
}

/** The body, after the official library has verified the signature. */
export function verified(request: ReceivedRequest): {
  type: string
  data: Record<string, unknown>
} {
  const body = new Webhook(SECRET).verify(request.body.toString(), { ...request.headers })
  return Object(body)
}
