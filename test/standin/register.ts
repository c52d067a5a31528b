import { registerHooks } from 'node:module';

const ELECTRON = /^electron(\/(main|common))?$/;
const standin = new URL('./electron.ts', import.meta.url).href;

// Answers both `import` and `require`, wherever the app lies, and needs no node_modules beside it.
registerHooks({
  resolve: (specifier, context, next) =>
    ELECTRON.test(specifier)
      ? { url: standin, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
