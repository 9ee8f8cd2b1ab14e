import type { CallOptions } from './calls.js';
import { Emitter } from './emitter.js';
import type { RealtimeError } from './errors.js';
import { Jwr, type RawResponse } from './jwr.js';
import type { Headers } from './options.js';
import { checkRequest, mergeHeaders, type RequestOptions } from './usage.js';

/** Gets the body of an answer, or the error when none came, and the whole answer (contract C-16, C-22). */
export type RequestCallback<T = any> = (body: T, jwr: Jwr<T>) => void;

/** A request as the hub takes it. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Calls of the application's routes over a socket, by the names that HTTP has for them (contract C-16). */
export abstract class Requests {
  /** Headers of every request. */
  abstract headers: Headers;
  /** How long a request may take when it says nothing else, in milliseconds; 0 for any time. */
  abstract requestTimeout: number;

  /** @internal */
  protected abstract send(request: RawRequest, options: CallOptions): Promise<RawResponse>;

  get<T = any>(url: string, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  get<T = any>(url: string, data: unknown, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  get(url: string, ...rest: unknown[]): Promise<Jwr> {
    return this.#verb('get', url, rest);
  }

  post<T = any>(url: string, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  post<T = any>(url: string, data: unknown, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  post(url: string, ...rest: unknown[]): Promise<Jwr> {
    return this.#verb('post', url, rest);
  }

  put<T = any>(url: string, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  put<T = any>(url: string, data: unknown, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  put(url: string, ...rest: unknown[]): Promise<Jwr> {
    return this.#verb('put', url, rest);
  }

  patch<T = any>(url: string, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  patch<T = any>(url: string, data: unknown, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  patch(url: string, ...rest: unknown[]): Promise<Jwr> {
    return this.#verb('patch', url, rest);
  }

  delete<T = any>(url: string, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  delete<T = any>(url: string, data: unknown, callback?: RequestCallback<T>): Promise<Jwr<T>>;
  delete(url: string, ...rest: unknown[]): Promise<Jwr> {
    return this.#verb('delete', url, rest);
  }

  /**
   * Calls a route of the application over the socket. Waits for the connection, if there is none (contract C-21).
   * The promise is never rejected: look at `jwr.error`. What cannot be a request throws at once (C-18).
   */
  request<T = any>(options: RequestOptions, callback?: RequestCallback<T>): Promise<Jwr<T>> {
    checkRequest(options, callback);
    const { url, method = 'get', headers, data, params, timeout = this.requestTimeout, idempotencyKey, signal } = options;
    const request = {
      method: method.toUpperCase(),
      url: url.trimEnd(),
      headers: mergeHeaders(this.headers, headers, idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      body: data ?? params ?? null,
    };
    const again = idempotencyKey === undefined ? 'never' : 'onSameNode';
    const answer = this.send(request, { timeout, signal, again }).then(
      response => new Jwr<T>(response),
      (error: RealtimeError) => Jwr.unanswered(error) as Jwr<any>);
    if (callback) void answer.then(jwr => this.#callBack(callback, jwr));
    return answer;
  }

  #verb(method: string, url: string, rest: unknown[]): Promise<Jwr> {
    const [data, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest;
    return this.request({ url, method, ...(data === undefined ? {} : { data }) }, callback as RequestCallback);
  }

  #callBack(callback: RequestCallback, jwr: Jwr): void {
    const caller = new Emitter(); // which reports what a callback throws, as it does for listeners
    caller.add('answer', callback);
    caller.emit('answer', jwr.statusCode === 0 ? jwr.error : jwr.body, jwr);
  }
}
