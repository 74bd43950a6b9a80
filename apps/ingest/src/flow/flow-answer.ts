import { isJson } from '@posthorn/conversion'
import { type FlowSettings, RESULT_NAME } from '@posthorn/core'
import type { TemplateRenderer } from '@posthorn/template'
import { type Answer, answerJson, SAFETY } from '../http/answer.ts'

/** Of a run. */
export interface FlowResult {
  readonly body: string
}

interface Answering {
  readonly flowId: string
  readonly settings: Pick<FlowSettings, 'statusTemplate' | 'valueTemplate'>
  /** JSON text of an object: the input under its name. */
  readonly input: string
  readonly result: FlowResult | null
}

const DEFAULT_STATUS = 200

/** What the flow's templates make of the input and, where the caller waited for it, of the result. */
export async function answerFlow(
  templates: Pick<TemplateRenderer, 'render'>,
  { flowId, settings, input, result }: Answering,
): Promise<Answer> {
  const { statusTemplate: status, valueTemplate: value } = settings
  if (isPlain(status) && isPlain(value)) return answerText(statusOf(status), value)
  const names = result === null ? input : withResult(input, result)
  const rendered = await templates.render(flowId, { templates: { status, value }, input: names })
  if (rendered === null) return answerFault('Too many responses are being rendered.')
  if (rendered.kind === 'failed') return answerFault(rendered.detail)
  return answerText(statusOf(rendered.texts['status'] ?? ''), rendered.texts['value'] ?? '')
}

function isPlain(template: string): boolean {
  return !/\{[{%#]/.test(template)
}

// `input` is the text of an object with one member at least: the input under its name.
function withResult(input: string, { body }: FlowResult): string {
  const result = isJson(body) ? body : JSON.stringify(body)
  return `${input.slice(0, -1)},${JSON.stringify(RESULT_NAME)}:${result}}`
}

// A final 1xx would hang the caller.
function statusOf(text: string): number {
  const status = /^[1-9]\d\d$/.test(text.trim()) ? Number(text) : DEFAULT_STATUS
  return status < 200 ? DEFAULT_STATUS : status
}

function answerText(status: number, text: string): Answer {
  const contentType = isJson(text) ? 'application/json' : 'text/plain; charset=utf-8'
  const type = text === '' ? {} : { 'content-type': contentType }
  return { status, body: text, headers: { ...SAFETY, ...type } }
}

// The message is stored: an answer that makes the sender come again would run the flow twice.
function answerFault(message: string): Answer {
  return answerJson(DEFAULT_STATUS, {
    status: DEFAULT_STATUS,
    error: 'response_template',
    message,
    data: null,
  })
}

export const PAUSED: Answer = answerJson(200, {
  status: 200,
  error: 'biz_logic',
  message: 'Flow status is `paused`. Unpause to run this flow using a webhook',
  data: null,
})

export const TIMED_OUT: Answer = answerJson(408, {
  status: 408,
  error: 'timeout',
  message: 'The flow did not end within 30 seconds; it goes on.',
  data: null,
})
