import { gzipSync } from 'node:zlib';

const limit = 60_000;
const kB = size => `${(size / 1000).toFixed(1)} kB`;

/** Prints how large a file is as it goes over the network; false when that is more than it may be. */
export function isSmallEnough(name, bytes) {
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${kB(bytes.length)}, gzipped ${kB(gzipped)} (limit ${kB(limit)})`);
  if (gzipped > limit) console.error(`${name} has grown over its limit.`);
  return gzipped <= limit;
}
