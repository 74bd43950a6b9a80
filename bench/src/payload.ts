/** A JSON object of exactly that many ASCII bytes, shaped like an invoice event. */
export function payloadOf(bytes: number): string {
  const head =
    '{"kind":"invoice.paid","invoice":"in_000184","amount":129900,"currency":"EUR","note":"'
  const tail = '"}'
  const filler = 'Thank you for your order. '
  const room = Math.max(bytes - head.length - tail.length, 0)
  return head + filler.repeat(Math.ceil(room / filler.length)).slice(0, room) + tail
}
