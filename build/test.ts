import { machineWords, prepareMachine } from './suites/prepare-machine.ts';
import { runSuites } from './suites/run-suites.ts';
import { SUITES } from './suites/suites.ts';

await prepareMachine();
console.log(`On ${machineWords()}:`);
for (const { name, what } of SUITES) console.log(`  ${name.padEnd(9)} ${what}`);
process.exitCode = await runSuites(SUITES);
