/** A message from the server, with its place in what its room has said. */
export interface Frame<T = unknown> {
  /** Its name. */
  readonly event: string;
  /** What it carries: one JSON value, `null` when nothing was given (contract G-5). */
  readonly data: T;
  /** The room or topic that it was said in; `null` for a message to this socket alone, or to everybody. */
  readonly room: string | null;
  /** The life of the room that `seq` belongs to; later epochs are larger. */
  readonly epoch: number;
  /** Its number in its room, one more than that of the message before; 0 for a message outside rooms. */
  readonly seq: number;
  /** Whether it was said while this socket was away, and came after the resume. */
  readonly replayed: boolean;
}

/** What listeners get: the data first, as in Sails; the frame for those who want to know more. */
export type Listener<T = any> = (data: T, frame: Frame<T>) => void;

/** A place in what a room has said. */
export interface Position {
  readonly room: string;
  readonly epoch: number;
  readonly seq: number;
}

/** Reads the arguments of the hub's enveloped frame: `[event, data, room, epoch, seq]`. */
export function readFrame(args: readonly unknown[]): Frame {
  const [event, data, room, epoch, seq] = args;
  return {
    event: String(event),
    data: data ?? null,
    room: typeof room === 'string' ? room : null,
    epoch: typeof epoch === 'number' ? epoch : 0,
    seq: typeof seq === 'number' ? seq : 0,
    replayed: false,
  };
}
