import { defineConfig } from 'vite';

const banner = '/*! Realtime client, MIT licence. Holds @microsoft/signalr, copyright .NET Foundation and contributors, MIT licence. */';

/** `--mode esm`: for bundlers and Node, SignalR stays a dependency. `--mode umd`: one file for a script tag, all in it. */
export default defineConfig(({ mode }) => mode === 'umd'
  ? {
      build: {
        target: 'es2022',
        emptyOutDir: false,
        lib: { entry: 'src/umd.ts', name: 'io', formats: ['umd'], fileName: () => 'realtime.js' },
        rolldownOptions: { output: { exports: 'default', banner } },
      },
    }
  : {
      build: {
        target: 'es2022',
        minify: false,
        emptyOutDir: false,
        lib: { entry: { index: 'src/index.ts', pure: 'src/pure.ts' }, formats: ['es'] },
        rolldownOptions: { external: ['@microsoft/signalr'], output: { chunkFileNames: 'client.js' } },
      },
    });
