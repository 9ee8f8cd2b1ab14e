import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitBefore } from '../src/backoff.js';

const options = { reconnectionDelay: 1000, reconnectionDelayMax: 5000, randomizationFactor: 0.5 };

test('waits double up to the longest', () => {
  const waits = [1, 2, 3, 4, 5, 1000].map(attempt => waitBefore(attempt, options, 0.5));
  assert.deepEqual(waits, [1000, 2000, 4000, 5000, 5000, 5000]);
});

test('waits vary by the factor, so that clients do not come back all at once', () => {
  assert.equal(waitBefore(1, options, 0), 500);
  assert.equal(waitBefore(1, options, 1), 1500);
  assert.equal(waitBefore(1, { ...options, randomizationFactor: 0 }, 1), 1000);
});
