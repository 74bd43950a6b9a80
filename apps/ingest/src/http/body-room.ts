const MAX_BYTES = 256 * 1024 * 1024
const MAX_BIG_BODIES = 4
/** More than this is read few at once, and committed alone. */
export const BIG_BODY_BYTES = 2 * 1024 * 1024

/** How much of bodies this process holds at once, so that memory stays flat whatever comes. */
export class BodyRoom {
  #bytes = 0
  #bigBodies = 0

  /** The room for one body; it grows as the body comes, and is given back whole. */
  enter(): BodyPlace {
    let bytes = 0
    return {
      grow: (by) => {
        const becomesBig = bytes <= BIG_BODY_BYTES && bytes + by > BIG_BODY_BYTES
        if (this.#bytes + by > MAX_BYTES) return false
        if (becomesBig && this.#bigBodies >= MAX_BIG_BODIES) return false
        if (becomesBig) this.#bigBodies++
        this.#bytes += by
        bytes += by
        return true
      },
      [Symbol.dispose]: () => {
        this.#bytes -= bytes
        if (bytes > BIG_BODY_BYTES) this.#bigBodies--
        bytes = 0
      },
    }
  }
}

export interface BodyPlace extends Disposable {
  /** False: there is no room for so many more bytes now. */
  grow(by: number): boolean
}
