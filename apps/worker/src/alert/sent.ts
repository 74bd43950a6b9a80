/** What sending a notification came to. Errors are shown to staff: no URL, no secret. */
export type Sent =
  | { readonly isSent: true; readonly note: string | null }
  | { readonly isSent: false; readonly error: string }
