import { el, shortTime } from './dom.js';

/**
 * Reads what was said in a room. This page says `{ id, from, text, at }`; somebody with curl may say just `"Hello"`, and is
 * understood as well.
 */
export function readLine(data) {
  const said = typeof data === 'object' && data !== null ? data : { text: data };
  const at = new Date(said.at);
  return {
    id: said.id,
    from: typeof said.from === 'string' && said.from !== '' ? said.from : 'Somebody',
    text: typeof said.text === 'string' ? said.text : JSON.stringify(data),
    at: Number.isNaN(at.getTime()) ? undefined : at,
  };
}

/** A line of the chat, with its number in the room. */
export function messageItem({ from, text, at }, { mine, seq, replayed }) {
  return el('div', { className: mine ? 'message mine' : 'message', 'data-replayed': replayed },
    el('header', {},
      el('strong', {}, from),
      at && el('time', { dateTime: at.toISOString() }, shortTime(at)),
      el('span', { title: 'Its number in this room' }, `#${seq}`),
      replayed ? el('span', {}, 'replayed') : null),
    text);
}

/** A line that waits for the connection. */
export const waitingItem = text => el('div', { className: 'message mine waiting' },
  el('header', {}, el('span', {}, 'Waits for the connection')), text);

/** What the page itself has to say, between the lines. */
export const remarkItem = (text, kind) => el('p', { className: 'note', 'data-kind': kind }, text);
