// Fails when the file that the service serves is not what the sources build to.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, served } from './bundle.js';

const folder = await mkdtemp(join(tmpdir(), 'realtime-check-'));
try {
  await bundle('umd', folder);
  const [built, kept] = await Promise.all([readFile(join(folder, 'realtime.js')), readFile(served)]);
  if (!built.equals(kept)) {
    console.error('src/Realtime.Web/Client/wwwroot/realtime.js is out of date: run `npm run build` in clients/js and commit it.');
    process.exitCode = 1;
  } else {
    console.log('realtime.js is up to date.');
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
