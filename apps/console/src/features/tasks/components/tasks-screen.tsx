import type { ScreenProps } from '../../../app/sections.tsx'
import { TaskList } from './task-list.tsx'
import { TaskScreen } from './task-screen.tsx'

export function TasksScreen({ parts: [id] }: ScreenProps) {
  return id === undefined || id === '' ? <TaskList /> : <TaskScreen key={id} id={id} />
}
