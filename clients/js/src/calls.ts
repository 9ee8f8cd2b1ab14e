import { disconnected, fromHub, RealtimeError } from './errors.js';
import type { Hub } from './hub.js';

/**
 * Whether an invocation is sent again when the connection was lost before the answer: never; always, since doing it twice is
 * doing it once; if nothing was missed of a room, since then the room still knows its key, and counts it once; or if the same
 * node has taken up the session, since that one still knows the key of a request, and does it once.
 */
export type Again = 'never' | 'always' | 'onSameNode' | { readonly ifRecovered: string };

/** How a new connection compares with the one before. */
export interface Since {
  /** How many bounded calls may be under way. */
  readonly atOnce?: number | undefined;
  /** The rooms of which nothing was missed. */
  readonly unbroken?: ReadonlySet<string>;
  /** Whether the node that had the session before has it again. */
  readonly onSameNode?: boolean;
}

/** How an invocation of the hub wants to be treated. */
export interface CallOptions {
  /** In milliseconds, waiting included; 0 for any time. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  readonly again?: Again;
  /** The server bounds how many of these may be under way: those above the bound wait for their turn. */
  readonly bounded?: boolean;
}

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly again: Again;
  wasSent: boolean;
  readonly bounded: boolean;
  settled: boolean;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Invocations of the hub: those that wait for a connection or for their turn, in order, and those that wait for an answer. */
export class Calls {
  readonly #waiting = new Set<Call>();
  readonly #flying = new Set<Call>();
  readonly #limit: () => number;
  #hub: Hub | undefined;
  #atOnce = Infinity;
  #boundedFlying = 0;

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  invoke<T>(method: string, args: readonly unknown[], { timeout = 0, signal, again = 'never', bounded = false }: CallOptions = {}): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const settle = (act: () => void): void => {
        if (call.settled) return;
        call.settled = true;
        this.#waiting.delete(call);
        this.#landed(call);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        act();
      };
      const call: Call = {
        method, args, again, bounded, wasSent: false, settled: false,
        resolve: answer => settle(() => resolve(answer)),
        reject: error => settle(() => reject(error)),
      };
      const abort = (): void => call.reject(new RealtimeError('aborted', 'The request was taken back.', { cause: signal?.reason }));

      if (signal?.aborted) return abort();
      // While there is a connection only bounded calls wait; the others have nothing to do with the queue.
      if (this.#waiting.size >= this.#limit() && (!this.#hub || bounded)) {
        return call.reject(new RealtimeError('queue_full', `${this.#waiting.size} requests wait to be sent already.`));
      }
      signal?.addEventListener('abort', abort);
      if (timeout > 0) {
        timer = setTimeout(() => call.reject(new RealtimeError('timeout', `No answer within ${timeout} ms.`)), timeout);
      }
      if (this.#hub) this.#send(this.#hub, call);
      else this.#waiting.add(call);
    }) as Promise<T>;
  }

  /** There is a connection: what waits is sent, in the order in which it was asked for. */
  connected(hub: Hub, since: Since = {}): void {
    this.#hub = hub;
    this.#atOnce = since.atOnce ?? Infinity;
    for (const call of [...this.#waiting]) {
      if (call.wasSent && !mayRepeat(call.again, since)) call.reject(disconnected());
      else this.#send(hub, call);
    }
  }

  /**
   * The connection is gone: what was under way fails, except for what may be sent again.
   * @param comesBack whether another connection is on its way.
   */
  disconnected(comesBack: boolean, cause?: unknown): void {
    this.#hub = undefined;
    const lost = [...this.#flying];
    const later = [...this.#waiting];
    this.#flying.clear();
    this.#boundedFlying = 0;
    this.#waiting.clear();
    for (const call of lost) {
      if (call.again !== 'never' && comesBack) this.#waiting.add(call);
      else call.reject(disconnected(cause));
    }
    for (const call of later) this.#waiting.add(call);
  }

  #send(hub: Hub, call: Call): void {
    if (call.bounded && this.#boundedFlying >= this.#atOnce) {
      this.#waiting.add(call);
      return;
    }
    this.#waiting.delete(call);
    this.#flying.add(call);
    call.wasSent = true;
    if (call.bounded) this.#boundedFlying++;
    hub.invoke(call.method, ...call.args).then(
      answer => { if (this.#hub === hub) call.resolve(answer); },
      // When the connection is what failed, `disconnected` decides what becomes of the call.
      error => { if (this.#hub === hub && !isLoss(error)) call.reject(fromHub(error)); });
  }

  /** A call is no longer under way: the next one that waited for this has its turn. */
  #landed(call: Call): void {
    if (!this.#flying.delete(call) || !call.bounded) return;
    this.#boundedFlying--;
    // While there is a connection, only bounded calls wait.
    const [next] = this.#waiting;
    if (this.#hub && next) this.#send(this.#hub, next);
  }
}

function mayRepeat(again: Again, { unbroken, onSameNode = false }: Since): boolean {
  if (typeof again === 'object') return unbroken?.has(again.ifRecovered) ?? false;
  return again === 'always' || (again === 'onSameNode' && onSameNode);
}

const lossWords = /connection being closed|not in the 'Connected' State|not in the OPEN state|Connection closed/i;

/** Whether an invocation failed because its connection ended, not because the hub said no. */
export const isLoss = (error: unknown): boolean =>
  !(error instanceof Error && error.message.includes('HubException')) &&
  lossWords.test(error instanceof Error ? error.message : String(error));
