import { lazy } from 'react'
import type { Section } from './sections.tsx'

/** How the whole installation is, and what mends it. */
export const HEALTH_SECTIONS: readonly Section[] = [
  {
    path: 'overview',
    title: 'overview.title',
    leastRole: 'viewer',
    group: 'health',
    screen: lazy(async () => {
      const feature = await import('../features/health/components/overview-screen.tsx')
      return { default: feature.OverviewScreen }
    }),
  },
  {
    path: 'health',
    title: 'health.title',
    leastRole: 'viewer',
    forLimited: true,
    group: 'health',
    screen: lazy(async () => {
      const feature = await import('../features/health/components/health-board-screen.tsx')
      return { default: feature.HealthBoardScreen }
    }),
  },
  {
    path: 'outages',
    title: 'outages.title',
    leastRole: 'viewer',
    forLimited: true,
    group: 'health',
    screen: lazy(async () => {
      const feature = await import('../features/health/components/outages-screen.tsx')
      return { default: feature.OutagesScreen }
    }),
  },
  {
    path: 'recover',
    title: 'recover.title',
    leastRole: 'support',
    forLimited: true,
    group: 'health',
    screen: lazy(async () => {
      const feature = await import('../features/recover/components/recover-screen.tsx')
      return { default: feature.RecoverScreen }
    }),
  },
  {
    path: 'queues',
    title: 'queue.title',
    leastRole: 'viewer',
    group: 'health',
    screen: lazy(async () => {
      const feature = await import('../features/health/components/queues-screen.tsx')
      return { default: feature.QueuesScreen }
    }),
  },
]
