import { runSuites } from './suites/run-suites.ts';
import { CHECKS } from './suites/suites.ts';

process.exitCode = await runSuites(CHECKS);
