const STYLESHEET = /\s*<link rel="stylesheet"[^>]*>/g
const END_OF_SKELETON = /<\/div>\s*<noscript>/

/**
 * For Vite: the stylesheet comes behind the skeleton instead of in the head, where it would hold back the first
 * paint. Scripts wait for it all the same, so nothing is ever shown without its styles.
 */
export function skeletonFirst() {
  return {
    name: 'skeleton-first',
    transformIndexHtml: {
      order: 'post' as const,
      handler: (html: string): string => {
        const links = [...html.matchAll(STYLESHEET)].map(([link]) => link.trim())
        return html
          .replaceAll(STYLESHEET, '')
          .replace(END_OF_SKELETON, `</div>\n    ${links.join('\n    ')}\n    <noscript>`)
      },
    },
  }
}
