import type { ScreenProps } from '../../../app/sections.tsx'
import { ApplicationList } from './application-list.tsx'
import { ApplicationScreen } from './application-screen.tsx'

export function ApplicationsScreen({ parts: [id] }: ScreenProps) {
  return id === undefined || id === '' ? (
    <ApplicationList />
  ) : (
    <ApplicationScreen key={id} id={id} />
  )
}
