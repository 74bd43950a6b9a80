const MB = 1024 * 1024
/** More than this is read few at once, and committed alone. */
const BIG_BODY_BYTES = 2 * MB
const ALL: Share = { maxBytes: 64 * MB, maxBigBodies: 4 }
const ONE_SOURCE: Share = { maxBytes: 32 * MB, maxBigBodies: 1 }

interface Share {
  readonly maxBytes: number
  readonly maxBigBodies: number
}

/**
 * How much of bodies this process holds at once, so that memory stays flat whatever comes, and how much of
 * it one source may have, so that the others always find room.
 */
export class BodyRoom {
  readonly #all = new Held(ALL)
  readonly #bySource = new Map<string, Held>()

  /** The room for one body; it grows as the body comes, and is given back whole. */
  enter(sourceId: string): BodyPlace {
    const ofSource = this.#bySource.get(sourceId) ?? new Held(ONE_SOURCE)
    this.#bySource.set(sourceId, ofSource)
    return new BodyPlace(this.#all, ofSource, () => {
      if (ofSource.isEmpty) this.#bySource.delete(sourceId)
    })
  }
}

/** What one body has of the room. */
export class BodyPlace implements Disposable {
  readonly #all: Held
  readonly #ofSource: Held
  readonly #onLeft: () => void
  #bytes = 0

  constructor(all: Held, ofSource: Held, onLeft: () => void) {
    this.#all = all
    this.#ofSource = ofSource
    this.#onLeft = onLeft
    all.enter()
    ofSource.enter()
  }

  /** Whether so many more bytes would be taken now; takes nothing. */
  hasRoom(by: number): boolean {
    return this.#all.hasRoom(this.#bytes, by) && this.#ofSource.hasRoom(this.#bytes, by)
  }

  /** False: there is no room for so many more bytes now. */
  grow(by: number): boolean {
    if (!this.hasRoom(by)) return false
    this.#all.grow(this.#bytes, by)
    this.#ofSource.grow(this.#bytes, by)
    this.#bytes += by
    return true
  }

  [Symbol.dispose](): void {
    this.#all.leave(this.#bytes)
    this.#ofSource.leave(this.#bytes)
    this.#onLeft()
  }
}

/** What the bodies of one share have taken of it. */
class Held {
  readonly #share: Share
  #places = 0
  #bytes = 0
  #bigBodies = 0

  constructor(share: Share) {
    this.#share = share
  }

  get isEmpty(): boolean {
    return this.#places === 0
  }

  enter(): void {
    this.#places++
  }

  hasRoom(size: number, by: number): boolean {
    const { maxBytes, maxBigBodies } = this.#share
    if (this.#bytes + by > maxBytes) return false
    return !becomesBig(size, by) || this.#bigBodies < maxBigBodies
  }

  grow(size: number, by: number): void {
    if (becomesBig(size, by)) this.#bigBodies++
    this.#bytes += by
  }

  leave(size: number): void {
    this.#places--
    this.#bytes -= size
    if (size > BIG_BODY_BYTES) this.#bigBodies--
  }
}

function becomesBig(size: number, by: number): boolean {
  return size <= BIG_BODY_BYTES && size + by > BIG_BODY_BYTES
}
