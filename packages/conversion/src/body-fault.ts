/** What is wrong with a body, in words for whoever sent it. */
export class BodyFault extends Error {
  override readonly name = 'BodyFault'
  readonly status: 400 | 413 | 415

  constructor(status: 400 | 413 | 415, detail: string) {
    super(detail)
    this.status = status
  }
}
