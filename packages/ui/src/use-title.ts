import { useEffect } from 'react'

const ID = /^[a-z]+_\w+$/

export interface PageTitle {
  /** What the page is called. */
  readonly page: string
  /** Of its path, behind the section. */
  readonly parts: readonly string[]
  /** Whether a thing is called by a part that is no id. */
  readonly isName: (part: string) => boolean
}

/** The page, and which of its things is open. */
export function pageTitle({ page, parts, isName }: PageTitle): string {
  const open = parts.findLast((part) => ID.test(part) || isName(part))
  return open === undefined ? page : `${page}: ${open}`
}

/** What the tab is called: whoever has many open tells them apart by it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
