import type { StaffRole } from '@posthorn/contracts'
import { type ComponentType, lazy } from 'react'
import type { TextKey } from '../lib/text.ts'
import { HEALTH_SECTIONS } from './health-sections.tsx'

/** What a screen is given: the parts of the path behind its section's name, decoded. */
export interface ScreenProps {
  readonly parts: readonly string[]
}

export interface Section {
  /** The first part of the path. */
  readonly path: string
  readonly title: TextKey
  /** The least role that finds it in the navigation. */
  readonly leastRole: StaffRole
  /** It keeps to the applications that a user is limited to; without, it is about all of them, and not theirs. */
  readonly forLimited?: true
  /** Absent: reached from elsewhere. */
  readonly group?: 'health' | 'customers' | 'settings'
  readonly screen: ComponentType<ScreenProps>
}

/** Every screen, in the order of the navigation. A feature adds itself here, and its texts to `text/*.json`. */
export const SECTIONS: readonly Section[] = [
  ...HEALTH_SECTIONS,
  {
    path: 'applications',
    title: 'applications.title',
    leastRole: 'viewer',
    forLimited: true,
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/applications/components/applications-screen.tsx')
      return { default: feature.ApplicationsScreen }
    }),
  },
  {
    path: 'messages',
    title: 'messages.title',
    leastRole: 'viewer',
    forLimited: true,
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/messages/components/messages-screen.tsx')
      return { default: feature.MessagesScreen }
    }),
  },
  {
    path: 'tasks',
    title: 'tasks.title',
    leastRole: 'viewer',
    forLimited: true,
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/tasks/components/tasks-screen.tsx')
      return { default: feature.TasksScreen }
    }),
  },
  {
    path: 'event-types',
    title: 'eventTypes.title',
    leastRole: 'viewer',
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/event-types/components/event-types-screen.tsx')
      return { default: feature.EventTypesScreen }
    }),
  },
  {
    path: 'alerts',
    title: 'alerts.title',
    leastRole: 'viewer',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/alerts/components/alerts-screen.tsx')
      return { default: feature.AlertsScreen }
    }),
  },
  {
    path: 'operational-webhooks',
    title: 'webhooks.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature =
        await import('../features/operational-webhooks/components/operational-webhooks-screen.tsx')
      return { default: feature.OperationalWebhooksScreen }
    }),
  },
  {
    path: 'test-receiver',
    title: 'testReceiver.title',
    leastRole: 'support',
    forLimited: true,
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/test-receiver/components/test-receiver-screen.tsx')
      return { default: feature.TestReceiverScreen }
    }),
  },
  {
    path: 'sources',
    title: 'sources.title',
    leastRole: 'viewer',
    group: 'customers',
    screen: lazy(async () => {
      const feature = await import('../features/sources/components/sources-screen.tsx')
      return { default: feature.SourcesScreen }
    }),
  },
  {
    path: 'api-keys',
    title: 'apiKeys.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/api-keys/components/api-keys-screen.tsx')
      return { default: feature.ApiKeysScreen }
    }),
  },
  {
    path: 'users',
    title: 'users.title',
    leastRole: 'owner',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/users/components/users-screen.tsx')
      return { default: feature.UsersScreen }
    }),
  },
  {
    path: 'audit',
    title: 'audit.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/audit/components/audit-screen.tsx')
      return { default: feature.AuditScreen }
    }),
  },
  {
    path: 'endpoints',
    title: 'endpoints.title',
    leastRole: 'viewer',
    forLimited: true,
    screen: lazy(async () => {
      const feature = await import('../features/endpoints/components/endpoints-screen.tsx')
      return { default: feature.EndpointsScreen }
    }),
  },
  {
    path: 'organisations',
    title: 'organisations.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/organisations/components/organisations-screen.tsx')
      return { default: feature.OrganisationsScreen }
    }),
  },
  {
    path: 'theme',
    title: 'theme.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/theme/components/theme-screen.tsx')
      return { default: feature.ThemeScreen }
    }),
  },
  {
    path: 'retention',
    title: 'retention.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/retention/components/retention-screen.tsx')
      return { default: feature.RetentionScreen }
    }),
  },
  {
    path: 'installation',
    title: 'settings.title',
    leastRole: 'admin',
    group: 'settings',
    screen: lazy(async () => {
      const feature = await import('../features/settings/components/settings-screen.tsx')
      return { default: feature.SettingsScreen }
    }),
  },
  {
    path: 'profile',
    title: 'profile.title',
    leastRole: 'viewer',
    forLimited: true,
    screen: lazy(async () => {
      const feature = await import('../features/profile/components/profile-screen.tsx')
      return { default: feature.ProfileScreen }
    }),
  },
]
