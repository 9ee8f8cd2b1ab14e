// Builds the package into dist/, and renews the files that the service serves.
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, root, served, types, whole } from './bundle.js';
import { isSmallEnough } from './size.js';

const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await bundle('package', dist);
types(dist);
for (const [shape, name] of Object.entries(whole)) {
  await bundle(shape, dist);
  const bytes = await readFile(join(dist, name));
  if (!isSmallEnough(name, bytes)) process.exit(1);
  await copyFile(join(dist, name), join(served, name));
}
