/**
 * Who is in a room, by name. The service keeps the list: each page tells its name as it joins, and whoever is gone for
 * longer than the resume window is taken off it.
 */
export class People {
  #roster;
  #me;

  constructor(room, me, changed) {
    this.#me = me;
    this.#roster = room.roster(() => changed());
  }

  /** How many pages and other sockets are here. */
  get total() {
    return this.#roster.members.size;
  }

  /** The names of the others, without doubles. */
  get others() {
    const names = new Set();
    for (const { socketId, data } of this.#roster.members.values()) {
      if (socketId !== this.#me.id() && typeof data?.name === 'string') names.add(data.name);
    }
    return [...names].sort((a, b) => a.localeCompare(b));
  }

  stop() {
    this.#roster.stop();
  }
}
