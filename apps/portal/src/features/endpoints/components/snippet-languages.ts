/** `tested`: the forms that a test runs, as shown, on a real signature. The others are told to be untested. */
export interface SnippetLanguage {
  readonly id: string
  readonly name: string
  readonly forms: readonly SnippetForm[]
  readonly tested: readonly SnippetForm[]
}

export type SnippetForm = 'library' | 'hand'

const BOTH = ['library', 'hand'] as const
const HAND = ['hand'] as const

export const SNIPPET_LANGUAGES: readonly SnippetLanguage[] = [
  { id: 'javascript', name: 'JavaScript', forms: BOTH, tested: BOTH },
  { id: 'python', name: 'Python', forms: BOTH, tested: HAND },
  { id: 'go', name: 'Go', forms: BOTH, tested: HAND },
  { id: 'java', name: 'Java', forms: BOTH, tested: HAND },
  { id: 'kotlin', name: 'Kotlin', forms: BOTH, tested: [] },
  { id: 'ruby', name: 'Ruby', forms: BOTH, tested: [] },
  { id: 'php', name: 'PHP', forms: BOTH, tested: [] },
  { id: 'csharp', name: 'C#', forms: BOTH, tested: [] },
  { id: 'rust', name: 'Rust', forms: BOTH, tested: [] },
  { id: 'elixir', name: 'Elixir', forms: BOTH, tested: [] },
  { id: 'shell', name: 'Shell', forms: HAND, tested: HAND },
]

/** Of the file beside the components. */
export function snippetFile(language: string, form: SnippetForm): string {
  return form === 'hand' ? `${language}.txt` : `${language}-library.txt`
}
