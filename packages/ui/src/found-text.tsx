import { VisibleText } from './visible-text.tsx'

// More marks than anybody steps through make a page slow.
const MARKS_AT_MOST = 1_000

/** Where a text has what is searched for, whatever the case; none where nothing is. */
export function placesOf(text: string, search: string): number[] {
  if (search === '') return []
  const [within, sought] = [text.toLowerCase(), search.toLowerCase()]
  const places: number[] = []
  for (
    let at = within.indexOf(sought);
    at !== -1;
    at = within.indexOf(sought, at + sought.length)
  ) {
    places.push(at)
    if (places.length === MARKS_AT_MOST) break
  }
  return places
}

/** A stranger's text with what is searched for marked in it. */
export function FoundText({ text, search }: { readonly text: string; readonly search: string }) {
  // What changes its length in lower case would be marked at the wrong place.
  const places = text.toLowerCase().length === text.length ? placesOf(text, search) : []
  if (places.length === 0) return <VisibleText text={text} />
  const ends = places.map((at) => at + search.length)
  return (
    <>
      <VisibleText text={text.slice(0, places[0])} />
      {places.map((at, index) => (
        <span key={at}>
          <mark>
            <VisibleText text={text.slice(at, ends[index])} />
          </mark>
          <VisibleText text={text.slice(ends[index], places[index + 1])} />
        </span>
      ))}
    </>
  )
}
