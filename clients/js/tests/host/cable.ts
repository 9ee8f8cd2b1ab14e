import { createRequire } from 'node:module';

// The class that SignalR itself uses under Node.
const WebSocket = createRequire(import.meta.url)('ws') as new (...args: any[]) => {
  terminate(): void;
  once(event: string, act: () => void): void;
  emit(event: string, ...args: any[]): boolean;
};

/** The network between one socket and the Host, which a test can cut and mend. */
export class Cable {
  readonly #plugged = new Set<InstanceType<typeof WebSocket>>();
  #cut = false;
  #deaf = false;

  /** The class to give to a socket as `WebSocket`. */
  readonly WebSocket: unknown;

  constructor() {
    const cable = this;
    this.WebSocket = class extends WebSocket {
      constructor(url: string, ...rest: any[]) {
        // Nobody listens on port 1, which is as good as no network.
        super(cable.#cut ? 'ws://127.0.0.1:1' : url, ...rest);
        cable.#plugged.add(this);
        this.once('close', () => cable.#plugged.delete(this));
      }

      override emit(event: string, ...args: any[]): boolean {
        return event === 'message' && cable.#deaf ? false : super.emit(event, ...args);
      }
    };
  }

  /** Breaks the connection without a word to the other side. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#plugged) socket.terminate();
  }

  /** From now on nothing that the server says arrives, until the cable is mended. */
  deafen(): void {
    this.#deaf = true;
  }

  mend(): void {
    this.#cut = this.#deaf = false;
  }
}
