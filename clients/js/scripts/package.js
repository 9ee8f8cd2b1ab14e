// Packs the package, installs it into a program of its own, and uses it there: with types as a module and as a script, and under Node.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, compiler, root, types, whole } from './bundle.js';

const run = (file, args, cwd) => execFileSync(file, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });

/** @param folder an empty one. Throws when something is not as users need it. */
export async function checkPackage(folder) {
  const [stage, app] = [join(folder, 'stage'), join(folder, 'app')];
  const installed = join(app, 'node_modules/@realtime/client');
  await mkdir(installed, { recursive: true });
  await cp(root, stage, { recursive: true, filter: path => !/[/\\](node_modules|dist|\.test)$/.test(path) });
  for (const shape of ['package', ...Object.keys(whole)]) await bundle(shape, join(stage, 'dist'));
  types(join(stage, 'dist'));

  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], stage));
  const packed = new Set(files.map(file => file.path));
  for (const needed of ['README.md', 'LICENSE', 'global.d.ts', 'dist/index.js', 'dist/index.d.ts', 'dist/pure.js', 'dist/pure.d.ts', ...Object.values(whole).map(name => `dist/${name}`)]) {
    if (!packed.has(needed)) throw new Error(`${needed} is not in the package.`);
  }
  for (const path of packed) if (/^(src|tests|scripts|consumers)\//.test(path)) throw new Error(`${path} is in the package.`);
  run('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', installed], folder);

  await symlink(join(root, 'node_modules/@microsoft'), join(app, 'node_modules/@microsoft'));
  await cp(join(root, 'consumers'), app, { recursive: true });
  await writeFile(join(app, 'package.json'), JSON.stringify({ type: 'module' }));
  const programs = (await readdir(app)).filter(name => name.endsWith('.ts'));
  for (const program of programs) {
    for (const [module, moduleResolution] of [['NodeNext', 'NodeNext'], ['ESNext', 'Bundler']]) {
      run(process.execPath, [compiler, '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'ES2022', '--lib', 'ES2022,DOM', '--types', '',
        '--module', module, '--moduleResolution', moduleResolution, program], app);
    }
  }
  run(process.execPath, ['run.js'], app);
  return `${packed.size} files, used by ${[...programs, 'run.js'].join(', ')}`;
}
