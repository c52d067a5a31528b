import { runInstalled } from './setup.mjs';

await runInstalled('cloud/local/upkeep/run-restore.ts');
