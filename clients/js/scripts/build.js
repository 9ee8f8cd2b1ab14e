// Builds the package into dist/, and renews the file that the service serves.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, root, served, types } from './bundle.js';

const limit = 60_000;
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await bundle('esm', dist);
await bundle('umd', dist);
types(dist);

const file = join(dist, 'realtime.js');
const bytes = await readFile(file);
const gzipped = gzipSync(bytes, { level: 9 }).length;
console.log(`realtime.js: ${kB(bytes.length)}, gzipped ${kB(gzipped)} (limit ${kB(limit)})`);
if (gzipped > limit) {
  console.error('realtime.js has grown over its limit.');
  process.exit(1);
}
await mkdir(dirname(served), { recursive: true });
await copyFile(file, served);

function kB(size) {
  return `${(size / 1000).toFixed(1)} kB`;
}
