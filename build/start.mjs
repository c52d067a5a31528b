import { runInstalled } from './setup.mjs';

await runInstalled('build/start.ts');
