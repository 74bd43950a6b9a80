import { navigate } from './router.tsx'

/** Where `g` and a letter lead from a list. */
export const LIST_GO: Readonly<Record<string, () => void>> = {
  e: () => navigate('/endpoints'),
  m: () => navigate('/messages'),
}
