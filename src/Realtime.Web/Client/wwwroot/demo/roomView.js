import { messageItem, readLine, remarkItem, waitingItem } from './message.js';
import { People } from './people.js';

const typingFor = 3000;
const most = 300;

/** Rooms of such names tell who is in them: the Host's settings of the demo say so. */
const prefix = 'chat/';

/** The name of the page's room, if the service's room is one. */
export const nameOf = room => room?.startsWith(prefix) ? room.slice(prefix.length) : undefined;

/** One room, with what was said in it since this page came; whether it is looked at or not. */
export class RoomView {
  /** Who is here. */
  people;
  /** What was said and remarked, oldest first. */
  items = [];
  /** What is to be said when there is a connection. */
  waiting = [];
  unread = 0;

  #socket;
  #room;
  #me;
  #changed;
  #typists = new Map();
  #lastTyping = 0;

  /** @param changed called with what has changed: `items`, `people`, `typists`, and the new item if there is just one. */
  constructor(name, socket, me, changed) {
    this.name = name;
    this.#socket = socket;
    this.#room = socket.room(prefix + name);
    this.#me = me;
    this.#changed = changed;
    this.people = new People(this.#room, me, () => changed(this, 'people'));
    this.#room.on('chat', (data, frame) => this.#hear(readLine(data), frame));
    this.#room.on('typing', data => this.#hearTyping(data ?? {}));
  }

  /** The names of those who are typing. */
  get typists() {
    return [...this.#typists.keys()];
  }

  /** Enters the room, and tells what was said before. Resolves with where it stood. */
  async join() {
    const { epoch, seq } = await this.#room.join({ name: this.#me.name() });
    const { messages } = await this.#room.history();
    const before = messages.filter(it => it.event === 'chat' && it.seq <= seq).map(({ data, seq }) => {
      const line = readLine(data);
      return messageItem(line, { mine: line.from === this.#me.name(), seq, replayed: false });
    });
    if (before.length > 0) this.items.unshift(...before, remarkItem('Said before you came'));
    this.#changed(this, 'items');
    return { epoch, seq };
  }

  /** Tells the others another name. */
  tellName() {
    this.#room.join({ name: this.#me.name() }).catch(error => this.remark(`Your name could not be told: ${error.message}`, 'bad'));
  }

  async say(text) {
    this.#lastTyping = 0;
    const item = this.#socket.isConnected() ? undefined : waitingItem(text);
    if (item) {
      this.waiting.push(item);
      this.#changed(this, 'items', item);
    }
    try {
      await this.#room.broadcast('chat', { id: this.#me.id(), from: this.#me.name(), text, at: Date.now() });
    } catch (error) {
      this.remark(`“${text}” was not sent: ${error.message}`, 'bad');
    }
    if (!item) return;
    this.waiting = this.waiting.filter(it => it !== item);
    item.remove();
  }

  typing() {
    if (Date.now() - this.#lastTyping < typingFor / 2 || !this.#socket.isConnected()) return;
    this.#lastTyping = Date.now();
    this.#room.broadcast('typing', { id: this.#me.id(), from: this.#me.name() }, { transient: true })
      .catch(() => undefined); // nobody misses one of these
  }

  remark(text, kind) {
    this.#add(remarkItem(text, kind));
  }

  /** Leaves the room. */
  async close() {
    this.people.stop();
    for (const event of ['chat', 'typing']) this.#room.off(event);
    for (const timer of this.#typists.values()) clearTimeout(timer);
    await this.#room.leave();
  }

  #hear(line, { seq, replayed }) {
    this.#stopTyping(line.from);
    const mine = line.id === this.#me.id() || line.from === this.#me.name();
    this.unread++;
    this.#add(messageItem(line, { mine, seq, replayed }));
  }

  #hearTyping({ id, from }) {
    if (id === this.#me.id() || typeof from !== 'string') return;
    clearTimeout(this.#typists.get(from));
    this.#typists.set(from, setTimeout(() => this.#stopTyping(from), typingFor));
    this.#changed(this, 'typists');
  }

  #stopTyping(from) {
    clearTimeout(this.#typists.get(from));
    if (this.#typists.delete(from)) this.#changed(this, 'typists');
  }

  #add(item) {
    this.items.push(item);
    if (this.items.length > most) this.items.shift().remove();
    this.#changed(this, 'items', item);
  }
}
