// Fails when the files that the service serves are not what the sources build to, or have grown too large, or when the package
// cannot be used.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, served, whole } from './bundle.js';
import { checkPackage } from './package.js';
import { isSmallEnough } from './size.js';

const folder = await mkdtemp(join(tmpdir(), 'realtime-check-'));
try {
  for (const [shape, name] of Object.entries(whole)) {
    await bundle(shape, folder);
    const [built, kept] = await Promise.all([readFile(join(folder, name)), readFile(join(served, name))]);
    if (!isSmallEnough(name, kept)) process.exitCode = 1;
    if (built.equals(kept)) {
      console.log(`${name} is up to date.`);
    } else {
      console.error(`src/Realtime.Web/Client/wwwroot/${name} is out of date: run \`npm run build\` in clients/js and commit it.`);
      process.exitCode = 1;
    }
  }
  console.log(`The package works: ${await checkPackage(folder)}.`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
