import { appendTo, byId, el, shortTime } from './dom.js';
import { People } from './people.js';

const firstRoom = 'lobby';
const typingFor = 3000;

/** Rooms of such names tell who is in them: the Host's settings of the demo say so. */
const prefix = 'chat/';

/** The chat: rooms, messages, who is there and who is typing. */
export function startChat(socket, note) {
  const me = { name: () => byId('my-name').value.trim() || 'Somebody', id: () => socket.id };
  const rooms = new Map();
  let shown;

  byId('my-name').value = sessionStorage.getItem('name') ?? inventName();
  byId('my-name').addEventListener('change', () => {
    sessionStorage.setItem('name', me.name());
    for (const view of rooms.values()) view.tellName();
  });
  byId('join').addEventListener('submit', event => {
    event.preventDefault();
    const name = byId('room-name').value.trim();
    byId('room-name').value = '';
    if (name) enter(name);
  });
  byId('say').addEventListener('submit', event => {
    event.preventDefault();
    const text = byId('text').value.trim();
    byId('text').value = '';
    if (text && shown) shown.say(text);
  });
  byId('text').addEventListener('input', () => shown?.typing());

  socket.on('recovered', ({ room, recovered }) => {
    const view = room?.startsWith(prefix) && rooms.get(room.slice(prefix.length));
    if (view) view.remark(recovered ? 'Back again: nothing was missed.' : 'Back again: some messages may be missing.', recovered ? 'good' : 'bad');
  });
  // Who closes the page has left; who loses the connection has a while to come back.
  window.addEventListener('pagehide', () => {
    if (socket.isConnected()) void socket.disconnect();
  });

  enter(new URLSearchParams(location.search).get('room') || firstRoom);

  function enter(name) {
    if (!rooms.has(name)) rooms.set(name, openRoom(name));
    show(rooms.get(name));
  }

  function leave(view) {
    view.close();
    rooms.delete(view.name);
    if (shown === view) show([...rooms.values()].at(-1));
    else drawRooms();
  }

  function show(view) {
    shown = view;
    if (view) view.unread = 0;
    byId('messages').replaceChildren(...view?.items ?? []);
    byId('messages').scrollTop = byId('messages').scrollHeight;
    byId('text').disabled = !view;
    drawRooms();
    drawPeople();
    drawTyping();
  }

  function openRoom(name) {
    const room = socket.room(prefix + name);
    const view = { name, items: [], unread: 0, typists: new Map(), people: undefined };
    let lastTyping = 0;

    const add = item => {
      view.items.push(item);
      if (view.items.length > 300) view.items.shift();
      if (shown === view) appendTo(byId('messages'), item, 300);
    };
    const hear = ({ id, from, text, at }, frame) => {
      stopTyping(from);
      const mine = id === me.id() || from === me.name();
      add(messageItem({ from, text, at, mine, seq: frame.seq, replayed: frame.replayed }));
      if (shown !== view) {
        view.unread++;
        drawRooms();
      }
    };
    const stopTyping = from => {
      clearTimeout(view.typists.get(from));
      view.typists.delete(from);
      if (shown === view) drawTyping();
    };

    view.people = new People(room, me, () => { if (shown === view) drawPeople(); });
    view.remark = (text, kind) => add(el('li', { className: 'note', 'data-kind': kind }, text));
    view.say = text => {
      lastTyping = 0;
      room.broadcast('chat', { id: me.id(), from: me.name(), text, at: Date.now() })
        .catch(error => view.remark(`“${text}” was not sent: ${error.message}`, 'bad'));
      if (!socket.isConnected()) view.remark('No connection: this will be sent as soon as there is one.');
    };
    view.typing = () => {
      if (Date.now() - lastTyping < typingFor / 2 || !socket.isConnected()) return;
      lastTyping = Date.now();
      room.broadcast('typing', { id: me.id(), from: me.name() }, { transient: true }).catch(() => undefined); // nobody misses one of these
    };
    view.tellName = () => room.join({ name: me.name() })
      .catch(error => view.remark(`Your name could not be told: ${error.message}`, 'bad'));
    view.close = () => {
      view.people.stop();
      for (const event of ['chat', 'typing']) room.off(event);
      room.leave().catch(error => note(`Leaving “${name}” failed: ${error.message}`, { kind: 'lost' }));
    };

    room.on('chat', hear);
    room.on('typing', ({ id, from }) => {
      if (id === me.id()) return;
      clearTimeout(view.typists.get(from));
      view.typists.set(from, setTimeout(() => stopTyping(from), typingFor));
      if (shown === view) drawTyping();
    });
    join(room, view);
    return view;
  }

  async function join(room, view) {
    try {
      const { epoch, seq } = await room.join({ name: me.name() });
      note(`Joined “${view.name}”`, { kind: 'good', seq: `#${seq}`, data: { epoch, seq } });
      await tellHistory(room, view, seq);
    } catch (error) {
      view.remark(`Could not join: ${error.message}`, 'bad');
    }
  }

  async function tellHistory(room, view, upTo) {
    const page = await room.history().catch(() => undefined);
    const said = (page?.messages ?? []).filter(({ event, seq }) => event === 'chat' && seq <= upTo);
    if (said.length === 0) return;
    const before = said.map(({ data, seq }) => messageItem({ ...data, mine: data.from === me.name(), seq, replayed: false }));
    before.push(el('li', { className: 'note' }, 'Said before you came'));
    view.items.unshift(...before);
    if (shown === view) show(view);
  }

  function drawRooms() {
    byId('rooms').replaceChildren(...[...rooms.values()].map(view => el('li', {},
      el('button', { type: 'button', className: 'enter', 'aria-current': view === shown ? 'true' : null, onclick: () => show(view) },
        view.name,
        view.unread ? ' ' : null,
        view.unread ? el('span', { className: 'badge' }, String(view.unread), el('span', { className: 'hidden' }, ' unread')) : null),
      el('button', { type: 'button', className: 'leave', 'aria-label': `Leave ${view.name}`, onclick: () => leave(view) }, '×'))));
  }

  function drawPeople() {
    const { others = [], total = 0 } = shown?.people ?? {};
    const more = total - 1 - others.length; // pages of the same name, and sockets that tell none
    byId('people').replaceChildren(
      ...others.map(name => {
        const person = el('span', { className: 'person' }, name);
        person.style.setProperty('--hue', hueOf(name));
        return person;
      }),
      total <= 1 ? 'alone here' : more > 0 ? `and ${more} more` : '');
  }

  function drawTyping() {
    const names = [...shown?.typists.keys() ?? []];
    const text = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing…`;
    if (byId('typing').textContent !== text) byId('typing').textContent = text;
  }
}

function messageItem({ from, text, at, mine, seq, replayed }) {
  return el('li', { className: mine ? 'message mine' : 'message', 'data-replayed': replayed },
    el('header', {},
      el('strong', {}, String(from)),
      el('time', { dateTime: new Date(at).toISOString() }, shortTime(at)),
      el('span', { title: 'Its number in this room' }, `#${seq}`),
      replayed ? el('span', {}, 'replayed') : null),
    String(text));
}

const hueOf = name => `oklch(65% .14 ${[...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % 360})`;

function inventName() {
  const pick = list => list[Math.floor(Math.random() * list.length)];
  const name = `${pick(['Calm', 'Swift', 'Merry', 'Brave', 'Quiet', 'Sunny', 'Clever', 'Gentle'])} ${
    pick(['Otter', 'Heron', 'Lynx', 'Finch', 'Badger', 'Marten', 'Wren', 'Hare'])}`;
  sessionStorage.setItem('name', name);
  return name;
}
