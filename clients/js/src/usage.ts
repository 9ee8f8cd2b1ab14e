import type { Headers } from './options.js';

/** A request as the caller described it. */
export interface RequestOptions {
  /** Path and query, as `/user/7?populate=false`. It goes to the connected server, whatever it says (contract C-19). */
  url: string;
  /** Default `get`. */
  method?: string;
  /** What is sent along: an object or an array. */
  data?: unknown;
  /** The same as `data`, which is the better name. */
  params?: unknown;
  /** Headers of this request; they win over the socket's own. */
  headers?: Headers;
  /** How long it may take, waiting for the connection included, in milliseconds; 0 for any time (contract C-23). */
  timeout?: number;
  /**
   * A name, of 1 to 128 characters, for what shall happen only once, however often this socket sends it (contract C-24). When the
   * connection is lost before the answer and the same node takes the session up again, it is sent again by itself.
   */
  idempotencyKey?: string;
  /** Takes the request back: its answer is then not waited for. */
  signal?: AbortSignal;
}

/** What a header can carry unchanged. */
const isKey = /^[\x21-\x7e]{1,128}$/;

/** Refuses what cannot be a request, at once (contract C-18). */
export function checkRequest(options: RequestOptions, callback: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('A request is described by an object: request({ url, method, data, headers }, callback).');
  }
  const { url, method, headers, data, params, timeout, idempotencyKey } = options;
  if (typeof url !== 'string' || url.trim() === '') throw new TypeError('A request needs a `url` that is a string, as "/user".');
  if (callback !== undefined && typeof callback !== 'function') throw new TypeError('The callback must be a function.');
  if (method !== undefined && typeof method !== 'string') throw new TypeError('`method` must be a string.');
  if (headers !== undefined && (typeof headers !== 'object' || headers === null)) throw new TypeError('`headers` must be an object.');
  if (data !== undefined && params !== undefined) throw new TypeError('Give `data` or `params`, not both: they mean the same.');
  if (data !== undefined && typeof data !== 'object') throw new TypeError('`data` must be an object or an array.');
  if (params !== undefined && typeof params !== 'object') throw new TypeError('`params` must be an object or an array.');
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) throw new TypeError('`timeout` must be a number of milliseconds.');
  if (idempotencyKey !== undefined && !(typeof idempotencyKey === 'string' && isKey.test(idempotencyKey))) {
    throw new TypeError('`idempotencyKey` must be a string of 1 to 128 visible characters.');
  }
}

/** The socket's headers under the request's own; `undefined` removes one. Names are compared as HTTP does, without case. */
export function mergeHeaders(...layers: (Headers | undefined)[]): Record<string, string> {
  const merged = new Map<string, [name: string, value: string | undefined]>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      merged.set(name.toLowerCase(), [name, value === undefined ? undefined : String(value)]);
    }
  }
  return Object.fromEntries([...merged.values()].filter((it): it is [string, string] => it[1] !== undefined));
}
