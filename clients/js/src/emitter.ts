type Handler = (...args: any[]) => void;

/** Named events and their listeners. A listener that throws stops nobody else: its error is reported as uncaught. */
export class Emitter {
  readonly #listeners = new Map<string, Handler[]>();

  add(event: string, listener: Handler): void {
    if (typeof listener !== 'function') throw new TypeError(`The listener of "${event}" must be a function.`);
    // Lists are replaced, never changed, so that a listener may add and remove listeners while an event is under way.
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  addOnce(event: string, listener: Handler): void {
    if (typeof listener !== 'function') throw new TypeError(`The listener of "${event}" must be a function.`);
    const once = (...args: unknown[]): void => {
      this.remove(event, once);
      listener(...args);
    };
    once.listener = listener;
    this.add(event, once);
  }

  /** Removes one listener, or without one all listeners of the event. */
  remove(event: string, listener?: Handler): void {
    const rest = listener
      ? without(this.#listeners.get(event) ?? [], listener)
      : [];
    if (rest.length > 0) this.#listeners.set(event, rest);
    else this.#listeners.delete(event);
  }

  clear(): void {
    this.#listeners.clear();
  }

  has(event: string): boolean {
    return this.#listeners.has(event);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(...args);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }
}

function without(listeners: Handler[], listener: Handler): Handler[] {
  const index = listeners.findIndex(it => it === listener || (it as { listener?: Handler }).listener === listener);
  return index < 0 ? listeners : listeners.filter((_, i) => i !== index);
}

/** As if the listener had been called by the platform itself: `window.onerror`, or `uncaughtException` under Node. */
export function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else queueMicrotask(() => { throw error; });
}
