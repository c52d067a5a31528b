// The product's functions app with one thing added: it dies by SIGKILL after `telemetry` has committed and before
// anything is sent, once, as soon as the file named by KILL_AFTER_COMMIT exists.
const { existsSync, unlinkSync } = require('node:fs');
require('./index.cjs');
const core = require('@azure/functions-core');

core.registerHook('postInvocation', ({ invocationContext, error }) => {
  const file = process.env.KILL_AFTER_COMMIT;
  if (invocationContext.functionName !== 'telemetry' || error || !file || !existsSync(file)) return;
  unlinkSync(file);
  process.kill(process.pid, 'SIGKILL');
});
