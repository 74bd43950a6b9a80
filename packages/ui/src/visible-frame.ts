export interface VisiblePart {
  readonly top: number
  readonly height: number
}

/**
 * The part of this document that can be seen, in a frame that is as high as its content and whose host scrolls:
 * its own viewport says nothing there, but what intersects the host's does, across origins too.
 */
export function observeVisiblePart(onChange: (part: VisiblePart) => void): () => void {
  if (window.parent === window) return () => {}
  const observer = new IntersectionObserver((entries) => {
    const seen = entries.at(-1)?.intersectionRect
    if (seen !== undefined && seen.height > 0)
      onChange({ top: Math.max(0, seen.top), height: seen.height })
    observer.disconnect()
  })
  observer.observe(document.documentElement)
  return () => observer.disconnect()
}
