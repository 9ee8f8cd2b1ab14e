import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The folder of the package. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The files that hold everything, by the shape of vite.config.js that makes them. The service serves them. */
export const whole = { script: 'realtime.js', module: 'realtime.mjs' };

/** Where the service serves them from. */
export const served = join(root, '../../src/Realtime.Web/Client/wwwroot');

/** Builds one of the shapes of vite.config.js into a folder. */
export const bundle = (shape, outDir) =>
  build({ root, configFile: join(root, 'vite.config.js'), mode: shape, logLevel: 'warn', build: { outDir } });

/** The compiler, for Node to run. */
export const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Writes the types beside them. */
export const types = outDir => {
  execFileSync(process.execPath, [compiler, '--project', join(root, 'tsconfig.types.json'), '--outDir', outDir], { stdio: 'inherit' });
};
