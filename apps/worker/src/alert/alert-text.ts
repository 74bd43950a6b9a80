import type { AlertContent, NotificationKind } from '@posthorn/core/alert'

/** A notification in words, for people. */
export interface AlertText {
  readonly title: string
  readonly lines: readonly string[]
  /** Where the rule is in the console; null: its address isn't configured. */
  readonly link: string | null
}

const TITLES: Readonly<Record<NotificationKind, string>> = {
  firing: 'Alert',
  reminder: 'Still firing',
  resolved: 'Resolved',
  test: 'Test',
}

export function describeAlert(
  kind: NotificationKind,
  content: AlertContent,
  consoleUrl: string | null,
): AlertText {
  const { orgId, alertId, name, firingSince, endpoints } = content
  const since = firingSince === null ? [] : [`Firing since ${firingSince}.`]
  return {
    title: `${TITLES[kind]}: ${name}`,
    lines: [
      ...(kind === 'test' ? ['This is a test. What the rule sees at the moment:'] : []),
      sentence(content),
      ...since,
      ...endpoints.map(({ id, host, appName }) => `- ${host ?? 'endpoint'} of ${appName} (${id})`),
    ],
    link: consoleUrl === null ? null : `${consoleUrl}/console/${orgId}/alerts/${alertId}`,
  }
}

function sentence({ condition, threshold, windowSeconds, observed }: AlertContent): string {
  const span = duration(windowSeconds)
  switch (condition) {
    case 'lag':
      return `${shown(observed)} deliveries are due and nobody is at them (alert at ${threshold} for ${span}).`
    case 'oldest_due':
      return `The oldest due delivery waits for ${shown(observed)} s (alert at ${threshold} s for ${span}).`
    case 'success_rate':
      return observed === null
        ? `There were too few attempts in ${span} to judge by (alert below ${threshold} %).`
        : `${shown(observed)} % of the attempts of ${span} succeeded (alert below ${threshold} %).`
    case 'endpoint_failing':
      return `${shown(observed)} endpoints did nothing but fail for ${span} (alert at ${threshold}).`
    case 'endpoint_disabled':
      return `${shown(observed)} endpoints were disabled by failure within ${span} (alert at ${threshold}).`
    case 'message_exhausted':
      return `${shown(observed)} deliveries used up their attempts within ${span} (alert at ${threshold}).`
    case 'quarantine_growth':
      return `${shown(observed)} requests went into quarantine within ${span} (alert at ${threshold}).`
  }
}

function shown(observed: number | null): string {
  return observed === null ? 'No' : String(Math.round(observed * 10) / 10)
}

function duration(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

export function mailText({ lines, link }: AlertText): string {
  return [...lines, ...(link === null ? [] : ['', link]), ''].join('\n')
}

/** Slack's own three characters are written so that no name of a stranger's mentions or links anything. */
export function slackText({ title, lines, link }: AlertText): string {
  const head = `*${escapeSlack(title)}*`
  const end = link === null ? [] : [`<${link}|Open in the console>`]
  return [head, ...lines.map(escapeSlack), ...end].join('\n')
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
