/** Names of fonts and nothing else that a style sheet could mean. */
export function isFontList(text: string): boolean {
  return text.length <= 200 && /^[\w\s,"'-]+$/.test(text) && evenQuotes(text)
}

function evenQuotes(text: string): boolean {
  return ['"', "'"].every((quote) => text.split(quote).length % 2 === 1)
}

const DATA_IMAGE =
  /^data:image\/(?:png|jpeg|webp|gif|svg\+xml)(?:;[\w=-]+)*,[\w!#$%&'()*+,./:;=?@~-]+$/
const OWN_PATH = /^\/[\w~-][\w./~%-]*$/

/** An image that no other host is asked for: it comes with the page, or from the portal's own. */
export function isOwnImage(text: string): boolean {
  return DATA_IMAGE.test(text) || OWN_PATH.test(text)
}
