// Loads a functions app as a worker does, and prints what it registered: one JSON array.
const Module = require('node:module');

const registered = [];
const core = {
  version: 'test',
  hostVersion: 'test',
  registerFunction(metadata) {
    registered.push({
      name: metadata.name,
      bindings: Object.values(metadata.bindings),
      retry: metadata.retryOptions,
    });
    return { dispose() {} };
  },
  registerHook: () => ({ dispose() {} }),
  setProgrammingModel() {},
  getProgrammingModel() {},
  log() {},
};
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === '@azure/functions-core' ? core : load.call(this, request, ...rest);
};
require(process.argv[2]);
process.stdout.write(JSON.stringify({ node: process.version, functions: registered }));
process.exit(0);
