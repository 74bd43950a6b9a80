/** How long a portal token may live at most. */
export const MAX_PORTAL_SECONDS = 7 * 86_400

/** The groups of tokens that a portal token belongs to: all of its application, all of its session. */
export function portalGroups(appId: string, sessionId: string): string[] {
  return [appGroup(appId), sessionGroup(appId, sessionId)]
}

export function appGroup(appId: string): string {
  return `app:${appId}`
}

export function sessionGroup(appId: string, sessionId: string): string {
  return `session:${appId}:${sessionId}`
}
