import { focusManager, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { afterPaint } from './after-paint.ts'
import { useAction } from './use-action.ts'

/** Takes away what is on the screen. Until that was left nothing looks for it by itself: it would be found missing. */
export function useRemoval<T, V = void>(remove: (input: V) => Promise<T>, lists: QueryKey) {
  const queries = useQueryClient()
  return useAction({
    mutationFn: async (input: V) => {
      focusManager.setFocused(false)
      await queries.cancelQueries()
      return remove(input)
    },
    // Not waited for: the screen is left first.
    onSuccess: () => void queries.invalidateQueries({ queryKey: lists }),
    onSettled: () => void afterPaint(() => focusManager.setFocused(undefined)),
  })
}
