import { runInstalled } from './setup.mjs';

await runInstalled('build/test.ts', ['test/node-22']);
