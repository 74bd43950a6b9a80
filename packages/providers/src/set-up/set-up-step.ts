/** One thing to do at the provider, whose pages' own words stand in `text`; `{url}` is the source's URL. */
export interface SetUpStep {
  do: SetUpAction
  text: string
  /** What to choose. */
  value?: string
  /** Of the source, which takes the same. */
  setting?: string
}

/**
 * `copy_…`: what the provider shows is pasted here. `make_…`: what is made up here is entered there.
 * `enter_learned`: so is the secret that it brought.
 */
export type SetUpAction =
  | 'open'
  | 'run'
  | 'paste_url'
  | 'choose'
  | 'make_secret'
  | 'copy_secret'
  | 'make_setting'
  | 'copy_setting'
  | 'enter_learned'
  | 'press'
  | 'note'

/** To choose where a provider lists its events. */
export const EVENTS = 'those that you want'

export function open(place: string): SetUpStep {
  return { do: 'open', text: place }
}

/** A command, or a call of the provider's api. */
export function run(text: string): SetUpStep {
  return { do: 'run', text }
}

export function pasteUrl(into: string): SetUpStep {
  return { do: 'paste_url', text: into }
}

export function choose(field: string, value: string): SetUpStep {
  return { do: 'choose', text: field, value }
}

export function makeSecret(into: string): SetUpStep {
  return { do: 'make_secret', text: into }
}

export function copySecret(from: string): SetUpStep {
  return { do: 'copy_secret', text: from }
}

export function makeSetting(setting: string, into: string): SetUpStep {
  return { do: 'make_setting', text: into, setting }
}

export function copySetting(setting: string, from: string): SetUpStep {
  return { do: 'copy_setting', text: from, setting }
}

export function enterLearned(into: string): SetUpStep {
  return { do: 'enter_learned', text: into }
}

export function press(button: string): SetUpStep {
  return { do: 'press', text: button }
}

export function note(sentence: string): SetUpStep {
  return { do: 'note', text: sentence }
}
