import {
  BackgroundTaskList,
  BackgroundTaskListQuery,
  BackgroundTaskOut,
  TaskDeliveryList,
  TaskDeliveryQuery,
} from '@posthorn/contracts'
import {
  cancelTask,
  getTaskWithOutcomes,
  listTaskDeliveries,
  listTasks,
  pauseTask,
  resumeTask,
} from '@posthorn/core'
import { approveTask } from '@posthorn/core/support'
import { presentTask, presentTasks } from './background-task-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'
import { presentTaskDeliveries } from './task-delivery-presenter.ts'

const LIST = '/api/v1/background-task'
const ONE = `${LIST}/:taskId` as const
const VIEW = { of: 'either', capability: 'ViewBase', keepsToLimit: true } as const

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.background-task.list',
  summary: 'List background tasks',
  tags: ['Background Task'],
  access: VIEW,
  query: BackgroundTaskListQuery,
  response: { 200: BackgroundTaskList },
  handle: async (ctx, { scope, query: { order = 'descending', status, task, ...page } }) =>
    ok(
      presentTasks(
        await listTasks(ctx, scope, { ...page, order, filter: { status, type: task } }),
        scope.actor,
      ),
    ),
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.background-task.get',
  summary: 'Get a background task',
  tags: ['Background Task'],
  access: VIEW,
  response: { 200: BackgroundTaskOut },
  handle: async (ctx, { scope, params }) => {
    const { task, outcomes } = await getTaskWithOutcomes(ctx, scope, params.taskId)
    return ok(presentTask(task, scope.actor, outcomes))
  },
})

const listDeliveries = endpointRoute({
  method: 'get',
  path: `${ONE}/delivery`,
  operationId: 'v1.background-task.list-deliveries',
  summary: 'List what a background task sent on its way, by what became of it',
  tags: ['Background Task'],
  access: VIEW,
  query: TaskDeliveryQuery,
  response: { 200: TaskDeliveryList },
  handle: async (ctx, { scope, params, query }) =>
    ok(presentTaskDeliveries(await listTaskDeliveries(ctx, scope, { ...query, ...params }))),
})

const CONTROL = { of: 'either', capability: 'CreateAttempts', keepsToLimit: true } as const

const cancel = endpointRoute({
  method: 'post',
  path: `${ONE}/cancel`,
  operationId: 'v1.background-task.cancel',
  summary: 'Cancel a background task',
  tags: ['Background Task'],
  access: CONTROL,
  response: { 200: BackgroundTaskOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentTask(await cancelTask(ctx, scope, params.taskId), scope.actor)),
})

const pause = endpointRoute({
  method: 'post',
  path: `${ONE}/pause`,
  operationId: 'v1.background-task.pause',
  summary: 'Hold a background task',
  tags: ['Background Task'],
  access: CONTROL,
  response: { 200: BackgroundTaskOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentTask(await pauseTask(ctx, scope, params.taskId), scope.actor)),
})

const resume = endpointRoute({
  method: 'post',
  path: `${ONE}/resume`,
  operationId: 'v1.background-task.resume',
  summary: 'Let a background task go on',
  tags: ['Background Task'],
  access: CONTROL,
  response: { 200: BackgroundTaskOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentTask(await resumeTask(ctx, scope, params.taskId), scope.actor)),
})

const approve = endpointRoute({
  method: 'post',
  path: `${ONE}/approve`,
  operationId: 'v1.background-task.approve',
  summary: 'Let a recovery of many endpoints send more than one person may alone',
  tags: ['Background Task'],
  access: { of: 'organisation', keepsToLimit: true },
  response: { 200: BackgroundTaskOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentTask(await approveTask(ctx, scope, params.taskId), scope.actor)),
})

export const backgroundTaskRoutes = [
  list,
  get,
  listDeliveries,
  cancel,
  pause,
  resume,
  approve,
] as const
