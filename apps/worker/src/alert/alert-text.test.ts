import type { AlertContent } from '@posthorn/core/alert'
import { describe, expect, it } from 'vitest'
import { describeAlert, mailText, slackText } from './alert-text.ts'

const CONTENT: AlertContent = {
  orgId: 'org_1',
  alertId: 'alert_1',
  name: 'Receivers <!channel> & co',
  condition: 'endpoint_disabled',
  threshold: 1,
  windowSeconds: 86_400,
  observed: 2,
  firingSince: '2026-01-01T00:00:00.000Z',
  timestamp: '2026-01-01T00:00:00.000Z',
  endpoints: [{ id: 'ep_1', appId: 'app_1', appName: 'Acme <b>', host: 'hooks.example.com' }],
}

describe('describeAlert', () => {
  it('says what was seen, what the limit is and whom it is about', () => {
    const text = describeAlert('firing', CONTENT, 'https://posthorn.example')
    expect(text.title).toBe('Alert: Receivers <!channel> & co')
    expect(mailText(text)).toBe(
      [
        '2 endpoints were disabled by failure within 24 h (alert at 1).',
        'Firing since 2026-01-01T00:00:00.000Z.',
        '- hooks.example.com of Acme <b> (ep_1)',
        '',
        'https://posthorn.example/console/org_1/alerts/alert_1',
        '',
      ].join('\n'),
    )
  })

  it('lets no name mention or link anything in Slack', () => {
    const text = slackText(describeAlert('firing', CONTENT, null))
    expect(text).toContain('*Alert: Receivers &lt;!channel&gt; &amp; co*')
    expect(text).toContain('Acme &lt;b&gt;')
    expect(text).not.toContain('<')
  })

  it('calls a test a test, and admits that there is too little to judge by', () => {
    const content = { ...CONTENT, condition: 'success_rate', observed: null } as const
    const text = describeAlert('test', content, null)
    expect(text.title).toMatch(/^Test: /)
    expect(text.lines.join(' ')).toContain('too few attempts in 24 h')
  })
})
