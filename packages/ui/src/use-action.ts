import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { useRef } from 'react'

/** A change that is asked for by a click: a second click while the first is under way asks for nothing. */
export function useAction<T, V = void>(options: UseMutationOptions<T, Error, V>) {
  const isRunning = useRef(false)
  const { mutationFn } = options
  const mutation = useMutation({
    ...options,
    mutationFn: async (...input: Parameters<NonNullable<typeof mutationFn>>) => {
      try {
        if (mutationFn === undefined) throw new Error('There is nothing to do.')
        return await mutationFn(...input)
      } finally {
        isRunning.current = false
      }
    },
  })
  const mutate: typeof mutation.mutate = (...input) => {
    if (isRunning.current) return
    isRunning.current = true
    mutation.mutate(...input)
  }
  return { ...mutation, mutate }
}
