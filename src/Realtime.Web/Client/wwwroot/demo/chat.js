import { append, byId, el, replaceQuietly } from './dom.js';
import { nameOf, RoomView } from './roomView.js';

const firstRoom = 'lobby';

/** The chat: its rooms, and the one that is looked at. */
export function startChat(socket, note) {
  const me = { name: () => byId('my-name').value.trim() || 'Somebody', id: () => socket.id };
  const rooms = new Map();
  const tabs = new Map();
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
    if (text && shown) void shown.say(text);
  });
  byId('text').addEventListener('input', () => shown?.typing());

  socket.on('recovered', ({ room, recovered }) => rooms.get(nameOf(room))?.remark(
    recovered ? 'Back again: nothing was missed.' : 'Back again: some messages may be missing.', recovered ? 'good' : 'bad'));
  // Who closes the page has left; who loses the connection has a while to come back.
  window.addEventListener('pagehide', () => {
    if (socket.isConnected()) void socket.disconnect();
  });
  // The browser may have kept the page as it was, for the button "Back".
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && socket.state === 'disconnected') socket.connect();
  });

  enter(new URLSearchParams(location.search).get('room') || firstRoom);

  function enter(name) {
    if (!rooms.has(name)) open(name);
    show(rooms.get(name));
  }

  function open(name) {
    const view = new RoomView(name, socket, me, changed);
    rooms.set(name, view);
    tabs.set(view, tabOf(view));
    byId('rooms').append(tabs.get(view));
    view.join().then(
      ({ epoch, seq }) => note(`Joined “${name}”`, { kind: 'good', seq: `#${seq}`, data: { epoch, seq } }),
      error => view.remark(`Could not join: ${error.message}`, 'bad'));
  }

  function leave(view) {
    rooms.delete(view.name);
    tabs.get(view).remove();
    tabs.delete(view);
    if (shown === view) show([...rooms.values()].at(-1));
    (tabs.get(shown)?.querySelector('.enter') ?? byId('room-name')).focus(); // the button that had it is gone
    view.close().catch(error => note(`Leaving “${view.name}” failed: ${error.message}`, { kind: 'lost' }));
  }

  function show(view) {
    shown = view;
    if (view) view.unread = 0;
    replaceQuietly(byId('messages'), [...view?.items ?? [], ...view?.waiting ?? []]);
    byId('messages').setAttribute('aria-label', view ? `Messages in ${view.name}` : 'Messages');
    byId('text').disabled = !view;
    for (const it of rooms.values()) drawTab(it);
    drawPeople();
    drawTyping();
  }

  function changed(view, what, item) {
    if (view !== shown) {
      drawTab(view);
      return;
    }
    view.unread = 0;
    if (what === 'people') drawPeople();
    else if (what === 'typists') drawTyping();
    else if (item) append(byId('messages'), item, view.waiting.includes(item) ? null : view.waiting[0]);
    else show(view);
  }

  function tabOf(view) {
    return el('li', {},
      el('button', { type: 'button', className: 'enter', onclick: () => show(view) }, view.name, ' ', el('span', { className: 'badge' })),
      el('button', { type: 'button', className: 'leave', 'aria-label': `Leave ${view.name}`, onclick: () => leave(view) }, '×'));
  }

  function drawTab(view) {
    const tab = tabs.get(view);
    if (!tab) return; // it is just being made
    const [button, badge] = [tab.querySelector('.enter'), tab.querySelector('.badge')];
    if (view === shown) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
    badge.replaceChildren(...view.unread ? [String(view.unread), el('span', { className: 'hidden' }, ' unread')] : []);
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
    const names = shown?.typists ?? [];
    const text = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing…`;
    if (byId('typing').textContent !== text) byId('typing').textContent = text;
  }
}

const hueOf = name => `oklch(65% .14 ${[...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % 360})`;

function inventName() {
  const pick = list => list[Math.floor(Math.random() * list.length)];
  const name = `${pick(['Calm', 'Swift', 'Merry', 'Brave', 'Quiet', 'Sunny', 'Clever', 'Gentle'])} ${
    pick(['Otter', 'Heron', 'Lynx', 'Finch', 'Badger', 'Marten', 'Wren', 'Hare'])}`;
  sessionStorage.setItem('name', name);
  return name;
}
