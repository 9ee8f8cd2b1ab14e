/**
 * Who is in a room, by name. Each page says its name when it enters, and answers those who enter later; the list of
 * members, which the server keeps, decides who is gone.
 */
export class People {
  #room;
  #me;
  #names = new Map();
  #changed;
  total = 0;

  constructor(room, me, changed) {
    this.#room = room;
    this.#me = me;
    this.#changed = changed;
    room.on('enter', ({ id, name }) => {
      this.#know(id, name);
      if (id !== me.id()) this.#tell('here');
      void this.refresh();
    });
    room.on('here', ({ id, name }) => this.#know(id, name));
    room.on('exit', ({ id }) => this.#forget(id));
  }

  /** The names, without doubles. */
  get names() {
    return [...new Set(this.#names.values())].sort((a, b) => a.localeCompare(b));
  }

  /** Says that this page has entered. */
  enter() {
    this.#tell('enter');
    return this.refresh();
  }

  /** Says the new name of this page. */
  rename() {
    this.#tell('here');
  }

  leave() {
    this.#tell('exit');
  }

  /** Asks the server who is in the room now. */
  async refresh() {
    const ids = socketIds(await this.#room.members().catch(() => undefined));
    if (!ids) return;
    this.total = ids.length;
    for (const id of this.#names.keys()) if (!ids.includes(id)) this.#names.delete(id);
    this.#changed();
  }

  #tell(event) {
    // Best effort: whoever did not hear it asks with the next "enter".
    this.#room.broadcast(event, { id: this.#me.id(), name: this.#me.name() }).catch(() => undefined);
  }

  #know(id, name) {
    this.#names.set(String(id), String(name));
    this.#changed();
  }

  #forget(id) {
    this.#names.delete(String(id));
    this.total = Math.max(0, this.total - 1);
    this.#changed();
  }
}

function socketIds(answer) {
  const members = Array.isArray(answer) ? answer : answer?.members;
  return Array.isArray(members) ? members.map(member => typeof member === 'string' ? member : String(member.socket ?? member.socketId ?? member.id)) : undefined;
}
