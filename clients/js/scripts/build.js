// Builds the package into dist/, and renews the files that the service serves.
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, root, served, types, whole } from './bundle.js';

const limit = 60_000;
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await bundle('package', dist);
types(dist);
for (const [shape, name] of Object.entries(whole)) {
  await bundle(shape, dist);
  const bytes = await readFile(join(dist, name));
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${kB(bytes.length)}, gzipped ${kB(gzipped)} (limit ${kB(limit)})`);
  if (gzipped > limit) {
    console.error(`${name} has grown over its limit.`);
    process.exit(1);
  }
  await copyFile(join(dist, name), join(served, name));
}

function kB(size) {
  return `${(size / 1000).toFixed(1)} kB`;
}
