/** Names of fonts and nothing else that a style sheet could mean: a line's end within quotes would end them. */
export function isFontList(text: string): boolean {
  return text.length <= 200 && /^[\w ,"'-]+$/.test(text) && closesQuotes(text)
}

/** As a style sheet reads it: between quotes of one kind the other is text. */
function closesQuotes(text: string): boolean {
  let open = ''
  for (const char of text) {
    if (char === open) open = ''
    else if (open === '' && (char === '"' || char === "'")) open = char
  }
  return open === ''
}

const DATA_IMAGE =
  /^data:image\/(?:png|jpeg|webp|gif|svg\+xml)(?:;[\w=-]+)*,[\w!#$%&'()*+,./:;=?@~-]+$/
const OWN_PATH = /^\/[\w~-][\w./~%-]*$/

/** An image that no other host is asked for: it comes with the page, or from the portal's own. */
export function isOwnImage(text: string): boolean {
  return DATA_IMAGE.test(text) || OWN_PATH.test(text)
}
