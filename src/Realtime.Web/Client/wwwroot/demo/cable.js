/**
 * The network cable of this page, which can be cut. A cut is what a dead network looks like: the server is not told, its
 * messages go nowhere, and new connections fail, until the cable is mended.
 */
export class Cable {
  #plugged = new Set();
  #abandoned = new Set();
  isCut = false;

  /** The class to make WebSockets with. */
  get WebSocket() {
    const cable = this;
    return class extends Plug {
      constructor(url, protocols) {
        super(cable, url, protocols);
      }
    };
  }

  cut() {
    this.isCut = true;
    for (const plug of this.#plugged) plug.pull();
  }

  mend() {
    this.isCut = false;
    // Nobody closes the old connections from here, which would say goodbye: the server does when the socket has come back.
    this.#abandoned.clear();
  }

  plugIn(plug) {
    this.#plugged.add(plug);
  }

  unplug(plug) {
    this.#plugged.delete(plug);
  }

  /** Keeps a connection that the server still believes in. */
  abandon(socket) {
    this.#abandoned.add(socket);
  }
}

/** A WebSocket on a cable, as far as SignalR uses one. */
class Plug {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  #cable;
  #socket;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  constructor(cable, url, protocols) {
    this.#cable = cable;
    if (cable.isCut) {
      queueMicrotask(() => this.#end());
      return;
    }
    const socket = this.#socket = new WebSocket(url, protocols);
    cable.plugIn(this);
    socket.onopen = event => this.onopen?.(event);
    socket.onmessage = event => this.onmessage?.(event);
    socket.onerror = event => this.onerror?.(event);
    socket.onclose = event => {
      cable.unplug(this);
      this.onclose?.(event);
    };
  }

  get readyState() {
    return this.#socket?.readyState ?? Plug.CLOSED;
  }

  set binaryType(value) {
    if (this.#socket) this.#socket.binaryType = value;
  }

  send(data) {
    this.#socket?.send(data);
  }

  close(code, reason) {
    this.#socket?.close(code, reason);
  }

  /** The cable was cut. */
  pull() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
    this.#cable.unplug(this);
    this.#cable.abandon(socket);
    this.#end();
  }

  #end() {
    this.onerror?.(new Event('error'));
    this.onclose?.(new CloseEvent('close', { code: 1006, wasClean: false }));
  }
}
