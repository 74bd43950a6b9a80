import { useQuery } from '@tanstack/react-query'
import { useTransport } from './session.tsx'

/** What so many days would take, asked for while they are chosen; never remembered. */
export function useDaysPreview<Preview>(path: string, days: number, isSound: boolean) {
  const transport = useTransport()
  return useQuery({
    queryKey: ['days-preview', path, days],
    enabled: isSound,
    gcTime: 0,
    queryFn: ({ signal }) => transport.json<Preview>({ path, query: { days }, signal }),
  })
}
