import type { ApplicationOut } from '@posthorn/contracts'
import type { Page } from '@posthorn/core'
import type { Application } from '@posthorn/db'
import { presentMetadata } from './metadata.ts'

export function presentApplication(application: Application): ApplicationOut {
  return {
    id: application.id,
    name: application.name,
    ...(application.uid === null ? {} : { uid: application.uid }),
    throttleRate: application.throttleRate,
    rateLimit: application.throttleRate,
    metadata: presentMetadata(application.metadata),
    createdAt: application.createdAt.toISOString(),
    updatedAt: application.updatedAt.toISOString(),
  }
}

export function presentApplications({ items, ...page }: Page<Application>) {
  return { data: items.map(presentApplication), ...page }
}
