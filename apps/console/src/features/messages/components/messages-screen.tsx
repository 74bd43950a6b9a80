import type { ScreenProps } from '../../../app/sections.tsx'
import { FindMessage } from './find-message.tsx'
import { MessageListScreen } from './message-list.tsx'
import { MessageScreen } from './message-screen.tsx'

/** `/messages`, `/messages/<message>` as a link from elsewhere may say it, `/messages/<application>/<message>`. */
export function MessagesScreen({ parts: [first, second] }: ScreenProps) {
  if (first === undefined || first === '') return <MessageListScreen />
  if (second === undefined || second === '') return <FindMessage key={first} text={first} />
  return <MessageScreen key={second} appId={first} messageId={second} />
}
