import { RealtimeError } from './errors.js';

/** What the hub answers to a virtual request. */
export interface RawResponse {
  readonly statusCode?: number;
  readonly headers?: Record<string, string> | null;
  readonly body?: unknown;
}

/** The answer to a request that was sent over a socket ("JSON WebSocket response", contract C-20). */
export class Jwr<T = any> {
  /** What came back, parsed; `null` when no answer came. */
  readonly body: T;
  /** The answer's headers. */
  readonly headers: Record<string, string>;
  /** As in HTTP; 0 when no answer came. */
  readonly statusCode: number;
  /** Set if and only if the status is below 200 or from 400 on. A redirect is no error, and is not followed. */
  readonly error?: RealtimeError;

  constructor(response: RawResponse, error?: RealtimeError) {
    this.body = response.body as T;
    this.headers = response.headers ?? {};
    this.statusCode = response.statusCode ?? 200;
    const failure = error ?? errorOf(this.statusCode, this.body);
    if (failure) this.error = failure;
  }

  /** The answer to a request that got none (contract C-22). */
  static unanswered(error: RealtimeError): Jwr<null> {
    return new Jwr({ body: null, headers: {}, statusCode: 0 }, error);
  }

  /** One line for a log. */
  toString(): string {
    const body = typeof this.body === 'string' ? this.body : JSON.stringify(this.body);
    return `${this.statusCode} ${body ?? '(no body)'}`;
  }

  /** The answer as plain data. */
  toPOJO(): { body: T; headers: Record<string, string>; statusCode: number } {
    return { body: this.body, headers: this.headers, statusCode: this.statusCode };
  }
}

function errorOf(status: number, body: unknown): RealtimeError | undefined {
  if (status >= 200 && status < 400) return undefined;
  const { code, detail, message, title } = (typeof body === 'object' && body ? body : {}) as Record<string, unknown>;
  const words = [detail, message, title, body].find(it => typeof it === 'string' && it !== '');
  return new RealtimeError(
    typeof code === 'string' ? code : `http_${status}`,
    typeof words === 'string' ? words : `The server answered with status ${status}.`);
}
