/** Codes of failures that arise on the client; the server's own codes (`invalid_room`, `unavailable`, …) come beside them. */
export type ClientErrorCode =
  /** The connection was lost, or closed, before the answer came. The server may have done what was asked. */
  | 'disconnected'
  /** No answer within the given time. The server may still do what was asked. */
  | 'timeout'
  /** Too much waits to be sent already. This was not sent. */
  | 'queue_full'
  /** The caller took the request back. */
  | 'aborted'
  /** Not possible in the state that the socket is in. Thrown at once. */
  | 'usage'
  /** The server refused, and its answer named no code. */
  | 'refused';

/** What a promise of this library is rejected with, and what `jwr.error` holds. */
export class RealtimeError extends Error {
  /** A word for programs; the message is for people. */
  readonly code: ClientErrorCode | (string & {});

  constructor(code: RealtimeError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RealtimeError';
    this.code = code;
  }
}

const hubException = /HubException: (?:([a-z][a-z_]*): )?([\s\S]*)$/;

/** Reads code and sentence out of what SignalR makes of a failed invocation. */
export function fromHub(error: unknown): RealtimeError {
  if (error instanceof RealtimeError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const found = hubException.exec(text);
  return new RealtimeError(found?.[1] ?? 'refused', found?.[2] ?? text, { cause: error });
}

/** The sentence that the caller of a request that never got its answer reads. */
export const disconnected = (cause?: unknown): RealtimeError =>
  new RealtimeError('disconnected', 'The connection ended before the answer came.', { cause });
