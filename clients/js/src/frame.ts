/** A message from the server, with its place in the order of what was said. */
export interface Frame<T = unknown> {
  /** Its name. */
  readonly event: string;
  /** What it carries: one JSON value, `null` when nothing was given (contract G-5). */
  readonly data: T;
  /** The room that it was said in; `null` for one about a model, to this socket alone, or to everybody. */
  readonly room: string | null;
  /** The model that it is about. */
  readonly topic: string | null;
  /** What numbers it: a room, or a part of a model's topic, by the server's name for it; `null` for a message without a number. */
  readonly feed: string | null;
  /** The life of the feed that `seq` belongs to; later epochs are larger. */
  readonly epoch: number;
  /** Its number in its feed, higher than that of the message before; 0 for a message without a feed. */
  readonly seq: number;
  /** Given when it was said to several rooms at once: who is in two of them hears it once (contract R-33). */
  readonly messageId: string | null;
  /** Whether it was said while this socket was away, and came after the resume. */
  readonly replayed: boolean;
}

/** What listeners get: the data first, as in Sails; the frame for those who want to know more. */
export type Listener<T = any> = (data: T, frame: Frame<T>) => void;

/** A place in what a feed has said. */
export interface Position {
  /** The room's name, or the server's name for a part of a topic. */
  readonly room: string;
  readonly epoch: number;
  readonly seq: number;
}

/**
 * Reads the arguments of the hub's enveloped frame: `[event, data, feed, epoch, seq, messageId]`. A transient message has no
 * number: it moves no position, and is no duplicate of anything.
 */
export function readFrame(args: readonly unknown[]): Frame {
  const [event, data, key, epoch, seq, messageId] = args;
  const source = typeof key === 'string' ? key : null;
  const feed = typeof seq === 'number' ? source : null;
  return {
    event: String(event),
    data: data ?? null,
    ...sourceOf(source),
    feed,
    epoch: typeof epoch === 'number' ? epoch : 0,
    seq: typeof seq === 'number' ? seq : 0,
    messageId: typeof messageId === 'string' ? messageId : null,
    replayed: false,
  };
}

/** Whose feed this is. A topic's begins with U+0000, which no room name has: `\0user/0` is the first part of "user". */
export function sourceOf(feed: string | null): { room: string | null; topic: string | null } {
  if (feed === null || feed[0] !== '\0') return { room: feed, topic: null };
  const slash = feed.lastIndexOf('/');
  return { room: null, topic: feed.slice(1, slash < 0 ? undefined : slash) };
}
