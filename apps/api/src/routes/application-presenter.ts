import type { ApplicationOut } from '@posthorn/contracts'
import type { Page } from '@posthorn/core'
import type { Application } from '@posthorn/db'
import { presentMetadata } from './metadata.ts'
import { presentPage } from './page-presenter.ts'

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

export function presentApplications(page: Page<Application>) {
  return presentPage(page, presentApplication)
}
