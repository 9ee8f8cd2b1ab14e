import { append, byId, el, exactTime } from './dom.js';

const list = byId('events');
const ticks = byId('ticks');
const pause = byId('pause');

byId('clear').addEventListener('click', () => list.replaceChildren());

/**
 * Notes that something happened.
 * @param what a few words.
 * @param more `kind` for the colour, `seq` for the number, `data` to show, `tick` for a mark on the wire.
 */
export function note(what, { kind = 'state', seq = '', data, tick } = {}) {
  if (tick) mark(tick, kind);
  if (pause.checked) return;
  const now = new Date();
  append(list, el('div', { 'data-kind': kind },
    el('time', { dateTime: now.toISOString() }, exactTime(now)),
    el('span', { className: 'what' }, what),
    el('span', { className: 'seq' }, seq),
    data === undefined ? null : el('span', { className: 'data' }, shorten(JSON.stringify(data)))));
  while (list.children.length > 400) list.firstElementChild.remove();
}

/** Shows every frame, every change of the connection, and what became of each room after it. */
export function inspect(socket) {
  socket.onAny(frame => {
    const source = frame.room !== null ? `in “${frame.room}”` : frame.topic !== null ? `about ${frame.topic}` : 'to this socket';
    note(`${frame.replayed ? 'Replayed' : 'Frame'} “${frame.event}” ${source}`, {
      kind: frame.replayed ? 'replayed' : 'frame',
      seq: frame.seq ? `#${frame.seq}` : '',
      data: frame.data,
      tick: `${frame.topic ?? frame.room ?? '·'} ${frame.seq ? `#${frame.seq}` : frame.event}`,
    });
  });
  socket.on('state', ({ state, previous, resumed, attempt, wait, error }) => {
    if (state === 'connected') {
      note(resumed ? `Connected again as the same socket, ${socket.id}` : `Connected as ${socket.id}`,
        { kind: 'good', tick: resumed ? 'resumed' : 'connected' });
    } else if (wait !== undefined) {
      note(`${previous === 'connected' ? 'Connection lost' : 'No connection'}: attempt ${attempt} in ${(wait / 1000).toFixed(1)} s`, {
        kind: 'cut', ...previous === 'connected' ? { data: error?.message, tick: '✂' } : {},
      });
    } else if (state === 'disconnected') {
      note('Disconnected', { kind: 'cut', tick: '✂' });
    }
  });
  socket.on('recovered', ({ room, topic, recovered, member }) => {
    const name = topic === null ? `Room “${room}”` : `Topic ${topic}`;
    if (recovered) note(`${name}: recovered, nothing is missing`, { kind: 'good', tick: '✓' });
    else note(`${name}: ${member ? 'joined again, something may be missing' : 'no longer in it'}`, { kind: 'lost', tick: '?' });
  });
  socket.on('error', error => note(error.message, { kind: 'lost' }));
}

function mark(text, kind) {
  ticks.append(el('li', { 'data-kind': kind === 'good' ? 'state' : kind }, text));
  while (ticks.children.length > 40) ticks.firstElementChild.remove();
}

const shorten = text => text.length > 300 ? `${text.slice(0, 300)}…` : text;
