import { defineConfig } from 'vite';

const banner = '/*! Realtime client, MIT licence. Holds @microsoft/signalr, copyright .NET Foundation and contributors, MIT licence. */';

const shapes = {
  /** For bundlers and Node: SignalR stays a dependency. */
  package: {
    minify: false,
    lib: { entry: { index: 'src/index.ts', pure: 'src/pure.ts' }, formats: ['es'] },
    rolldownOptions: { external: ['@microsoft/signalr'], output: { chunkFileNames: 'client.js' } },
  },
  /** One file for a script tag, all in it. */
  script: {
    lib: { entry: 'src/umd.ts', name: 'io', formats: ['umd'], fileName: () => 'realtime.js' },
    rolldownOptions: { output: { exports: 'default', postBanner: banner } },
  },
  /** The same for `<script type="module">` and `import` in pages without a bundler. */
  module: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'realtime.mjs' },
    // Vite leaves the white space in modules, for the sake of bundlers; this one goes to browsers.
    rolldownOptions: { output: { postBanner: banner, minify: true } },
  },
};

/** `--mode` names the shape. */
export default defineConfig(({ mode }) => ({ build: { target: 'es2022', emptyOutDir: false, minify: 'oxc', ...shapes[mode] } }));
