import { listTasks as listRows, type TaskFilter, type TaskRow, type TaskScope } from '@posthorn/db'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { ownTasks } from './get-task.ts'

export function listTasks(
  ctx: Pick<CoreContext, 'db'>,
  scope: TaskScope,
  { filter, ...request }: PageRequest & { readonly filter: TaskFilter },
): Promise<Page<TaskRow>> {
  return listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, ownTasks(scope), { filter, window }),
    keyOf: (task) => task.id,
  })
}
