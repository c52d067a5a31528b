import { machineWords, prepareMachine } from './suites/prepare-machine.ts';
import { runSuites } from './suites/run-suites.ts';
import { SUITES } from './suites/suites.ts';

/** Names of suites: only those, in their order. None: all. */
const asked = process.argv.slice(2);
const suites = SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name));
if (suites.length === 0)
  throw new Error(`no such suite; there are ${SUITES.map(({ name }) => name).join(', ')}`);

await prepareMachine();
console.log(`On ${machineWords()}:`);
for (const { name, what } of suites) console.log(`  ${name.padEnd(9)} ${what}`);
process.exitCode = await runSuites(suites);
