import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../src/emitter.js';
import { nextUncaught } from './fakeHub.js';

// Contract C-13.
test('listeners run in the order of binding, each as often as it was bound', () => {
  const emitter = new Emitter();
  const heard: string[] = [];
  const twice = (): void => void heard.push('twice');
  emitter.add('e', () => heard.push('first'));
  emitter.add('e', twice);
  emitter.add('e', twice);
  emitter.emit('e');
  emitter.remove('e', twice);
  emitter.emit('e');
  assert.deepEqual(heard, ['first', 'twice', 'twice', 'first', 'twice']);
});

test('a listener bound once hears one event, and can be removed before', () => {
  const emitter = new Emitter();
  const heard: unknown[] = [];
  const removed = (data: unknown): void => void heard.push(['removed', data]);
  emitter.addOnce('e', data => heard.push(data));
  emitter.addOnce('e', removed);
  emitter.remove('e', removed);
  emitter.emit('e', 1);
  emitter.emit('e', 2);
  assert.deepEqual(heard, [1]);
});

test('listeners that are added during an event wait for the next', () => {
  const emitter = new Emitter();
  const heard: string[] = [];
  emitter.addOnce('e', () => emitter.add('e', () => heard.push('late')));
  emitter.emit('e');
  assert.deepEqual(heard, []);
  emitter.emit('e');
  assert.deepEqual(heard, ['late']);
});

test('a listener that throws stops no other, and its error comes up as uncaught', async () => {
  const emitter = new Emitter();
  const heard: string[] = [];
  const uncaught = nextUncaught();
  emitter.add('e', () => { throw new Error('mine'); });
  emitter.add('e', () => heard.push('second'));
  emitter.emit('e');
  assert.deepEqual(heard, ['second']);
  assert.equal((await uncaught).message, 'mine');
});

test('what is no function cannot listen', () => {
  assert.throws(() => new Emitter().add('e', 'no' as never), TypeError);
});
