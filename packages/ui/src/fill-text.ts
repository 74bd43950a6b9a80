import { formatNumber, pluralForm } from './format-time.ts'

/**
 * A number takes the form of its language where a text has forms for it; what is no number, as `10,000+`, takes that
 * of `other`, which every language has.
 */
export type TextValues = Readonly<Record<string, string | number | boolean>>

const PLACES = /\{(\w+)\}/g
/** `{n, plural, one {# message} other {# messages}}`; a form may have places of its own, and `#` is the number. */
const PLURALS = /\{(\w+), plural, ((?:\w+ \{(?:[^{}]|\{\w+\})*\} ?)+)\}/g
const FORMS = /(\w+) \{((?:[^{}]|\{\w+\})*)\}/g

/** `{name}` in a text is where the value of that name goes; one that is missing reads as `?`. */
export function fillText(text: string, values: TextValues): string {
  return text
    .replaceAll(PLURALS, (_, name: string, forms: string) => chosenForm(forms, values[name]))
    .replaceAll(PLACES, (_, name: string) => String(values[name] ?? '?'))
}

function chosenForm(forms: string, value: TextValues[string] | undefined): string {
  const isCount = typeof value === 'number'
  const byName = formsOf(forms)
  const form = byName.get(isCount ? pluralForm(value) : 'other') ?? byName.get('other') ?? ''
  return form.replaceAll('#', () => (isCount ? formatNumber(value) : String(value ?? '?')))
}

function formsOf(forms: string): Map<string, string> {
  return new Map([...forms.matchAll(FORMS)].map(([, name = '', form = '']) => [name, form]))
}

/** The names of the values that a text has a place for, each once. */
export function placesOf(text: string): string[] {
  const names = [...text.matchAll(PLURALS)].flatMap(([, name = '', forms = '']) => [
    name,
    ...[...formsOf(forms).values()].flatMap(namesIn),
  ])
  return [...new Set([...names, ...namesIn(text.replaceAll(PLURALS, ''))])].toSorted()
}

function namesIn(text: string): string[] {
  return [...text.matchAll(PLACES)].map(([, name = '']) => name)
}

/** The forms that each count of a text is written in. */
export function formsIn(text: string): string[][] {
  return [...text.matchAll(PLURALS)].map(([, , forms = '']) => [...formsOf(forms).keys()])
}
