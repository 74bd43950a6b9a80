export function formText(form: HTMLFormElement, name: string): string {
  return formSecret(form, name).trim()
}

/** As it was typed: a password may begin with a space. */
export function formSecret(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}
