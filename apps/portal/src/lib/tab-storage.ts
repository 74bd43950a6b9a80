/** Until the tab is closed. A frame without storage keeps nothing: it is as its address says, which the host sets anew. */
export function keepInTab(name: string, value: object): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // As above.
  }
}

export function recallFromTab(name: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(sessionStorage.getItem(name) ?? '{}'))
  } catch {
    return {}
  }
}
