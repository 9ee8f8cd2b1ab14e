import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '../src/frame.js';
import { Inbox } from '../src/inbox.js';

const frame = (room: string | null, epoch: number, seq: number, data: unknown = seq): Frame =>
  ({ event: 'e', data, room, topic: null, feed: room, epoch, seq, messageId: null, replayed: false });

function inbox(): { inbox: Inbox; seen: string[] } {
  const seen: string[] = [];
  return { seen, inbox: new Inbox(it => seen.push(`${it.room}:${it.epoch}/${it.seq}${it.replayed ? ' replayed' : ''}`)) };
}

test('a frame that was seen comes once', () => {
  const { inbox: it, seen } = inbox();
  for (const seq of [1, 2, 2, 1, 3]) it.accept(frame('a', 7, seq));
  assert.deepEqual(seen, ['a:7/1', 'a:7/2', 'a:7/3']);
  assert.deepEqual(it.positions(), [{ room: 'a', epoch: 7, seq: 3 }]);
});

test('a new epoch begins anew, an old one is over', () => {
  const { inbox: it, seen } = inbox();
  it.accept(frame('a', 7, 40));
  it.accept(frame('a', 8, 1));
  it.accept(frame('a', 7, 41));
  assert.deepEqual(seen, ['a:7/40', 'a:8/1']);
});

test('a gap is no error: messages that omit this socket have numbers too', () => {
  const { inbox: it, seen } = inbox();
  it.accept(frame('a', 7, 1));
  it.accept(frame('a', 7, 5));
  assert.deepEqual(seen, ['a:7/1', 'a:7/5']);
});

test('frames outside rooms all come', () => {
  const { inbox: it, seen } = inbox();
  it.accept(frame(null, 0, 0));
  it.accept(frame(null, 0, 0));
  assert.equal(seen.length, 2);
  assert.deepEqual(it.positions(), []);
});

test('held frames come in the order of their rooms, rooms keep their places, missed ones are marked', () => {
  const { inbox: it, seen } = inbox();
  it.accept(frame('a', 7, 1));
  it.hold();
  it.accept(frame('a', 7, 4)); // a live message overtakes what was missed
  it.accept(frame('b', 2, 9));
  it.accept(frame('a', 7, 2));
  it.accept(frame(null, 0, 0));
  it.accept(frame('a', 7, 3));
  it.accept(frame('a', 7, 2));
  assert.deepEqual(seen, ['a:7/1']);
  it.release([{ room: 'a', epoch: 7, seq: 3 }]);
  assert.deepEqual(seen, ['a:7/1', 'a:7/2 replayed', 'b:2/9', 'null:0/0', 'a:7/3 replayed', 'a:7/4']);
});

test('dropped frames were never seen', () => {
  const { inbox: it, seen } = inbox();
  it.hold();
  it.accept(frame('a', 7, 1));
  it.drop();
  it.accept(frame('a', 7, 1));
  assert.deepEqual(seen, ['a:7/1']);
});

test('a position never goes back', () => {
  const { inbox: it } = inbox();
  it.advance({ room: 'a', epoch: 7, seq: 5 });
  it.advance({ room: 'a', epoch: 7, seq: 3 });
  it.advance({ room: 'a', epoch: 6, seq: 90 });
  assert.deepEqual(it.positions(), [{ room: 'a', epoch: 7, seq: 5 }]);
  it.forget('a');
  assert.deepEqual(it.positions(), []);
});

// The property behind "never twice, never out of order", with frames repeated and shuffled while held.
test('whatever comes while held, each frame comes out once and rising', () => {
  let state = 42;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
  for (let run = 0; run < 300; run++) {
    const seen: Frame[] = [];
    const it = new Inbox(frame => seen.push(frame));
    const sent = Array.from({ length: 40 }, () => frame('ab'[random(2)]!, 1, 1 + random(15)));
    it.hold();
    for (const one of sent) it.accept(one);
    it.release();
    for (const room of ['a', 'b']) {
      const expected = [...new Set(sent.filter(f => f.room === room).map(f => f.seq))].sort((x, y) => x - y);
      assert.deepEqual(seen.filter(f => f.room === room).map(f => f.seq), expected);
    }
  }
});
