/** A member of a room whose members are known to each other. */
export interface Present<T = any> {
  readonly socketId: string;
  /** Who it is, as the server knows it; absent for an anonymous client. */
  readonly user?: string;
  /** What the member tells about itself. */
  readonly data?: T;
  /** In ISO 8601, UTC. */
  readonly joinedAt: string;
}

/** Some of those who are in a room. */
export interface PresenceList<T = any> {
  readonly room: string;
  readonly members: readonly Present<T>[];
  /** Give it as `after` to get those that follow; absent or `null` when these were the last. */
  readonly next?: string | null;
}

/** What the event `$presence` carries: who came, who went, and who tells something else about itself. */
export interface PresenceChange<T = any> {
  readonly joined?: readonly Present<T>[];
  readonly left?: readonly { readonly socketId: string }[];
  readonly updated?: readonly Present<T>[];
}

/** Everybody who is in a room, kept up to date while the room is. */
export class Roster<T = any> {
  #members = new Map<string, Present<T>>();
  #loads = 0;
  #meanwhile: PresenceChange<T>[] | undefined;

  /** @internal */
  constructor(
    private readonly page: (after: string | undefined) => Promise<PresenceList<T>>,
    private readonly changed: (roster: Roster<T>) => void,
    private readonly end: (roster: Roster<T>) => void) {}

  /** By socket id, in the order in which they were learned of. */
  get members(): ReadonlyMap<string, Present<T>> {
    return this.#members;
  }

  /** No longer keeps it up to date. */
  stop(): void {
    this.#abandon();
    this.end(this);
  }

  /**
   * This socket has left the room, and is told no more.
   * @internal
   */
  clear(): void {
    this.#abandon();
    this.#members = new Map();
    this.changed(this);
  }

  /**
   * Asks for the whole list again.
   * @internal
   */
  async load(): Promise<void> {
    const turn = ++this.#loads;
    const meanwhile: PresenceChange<T>[] = this.#meanwhile = [];
    const found = new Map<string, Present<T>>();
    let after: string | undefined;
    do {
      const { members, next } = await this.page(after);
      if (turn !== this.#loads) return;
      for (const member of members) found.set(member.socketId, member);
      after = next ?? undefined;
    } while (after !== undefined);
    // A change that the list has in it already does no harm: those after it come as well, and in order.
    for (const change of meanwhile) apply(change, found);
    this.#meanwhile = undefined;
    this.#members = found;
    this.changed(this);
  }

  /** @internal */
  hear(change: PresenceChange<T>): void {
    this.#meanwhile?.push(change);
    apply(change, this.#members);
    this.changed(this);
  }

  /** What is on its way is nobody's business any more. */
  #abandon(): void {
    this.#loads++;
    this.#meanwhile = undefined;
  }
}

function apply<T>({ joined = [], updated = [], left = [] }: PresenceChange<T>, members: Map<string, Present<T>>): void {
  for (const { socketId } of left) members.delete(socketId);
  for (const member of [...joined, ...updated]) members.set(member.socketId, member);
}
