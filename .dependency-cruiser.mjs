// Who may import whom: one line a folder. Read this before the code.
// `ours` names the product's own folders or files that a layer may reach besides itself;
// `packages` what it may take from npm; `node` which of Node's modules (none where it is left out).
const layers = {
  'cloud/contracts': { ours: [], packages: ['zod'] },
  'cloud/domain': { ours: ['cloud/contracts'], packages: ['temporal-polyfill'] },
  'cloud/sensors': { ours: ['cloud/contracts', 'cloud/domain'], packages: ['zod', 'fast-xml-parser'] },
  'cloud/store': { ours: ['cloud/contracts', 'cloud/domain'], packages: ['kysely', 'pg'], node: true },
  'cloud/functions': {
    ours: ['cloud/contracts', 'cloud/domain', 'cloud/sensors', 'cloud/store'],
    packages: ['@azure/functions', 'csv-parse', 'jose', 'pino', 'zod'],
    node: true,
  },
  'cloud/client': {
    ours: ['cloud/contracts', 'cloud/domain/freshness.ts'],
    packages: ['@microsoft/signalr', 'jose'],
  },
  'cloud/local': {
    ours: ['cloud/contracts'],
    packages: ['@azure/functions', '@peculiar/x509', 'ws', 'mqtt-packet', 'croner', 'jose', 'zod', 'pino'],
    node: true,
  },
  'renderer/design': { ours: [], packages: ['lit', '@fontsource-variable'] },
  'renderer/sign': {
    ours: [
      'cloud/contracts',
      'cloud/domain/freshness.ts',
      'cloud/client',
      'renderer/design',
      'main/bridge.ts',
    ],
    packages: ['lit', 'lean-qr', '@fontsource-variable'],
  },
  'renderer/console': {
    ours: ['cloud/contracts', 'cloud/domain/freshness.ts', 'renderer/design'],
    packages: ['lit', 'uplot', 'lean-qr', '@microsoft/signalr'],
  },
  main: {
    ours: ['cloud/client', 'cloud/contracts'],
    packages: ['electron', 'electron-updater', 'zod', 'pino'],
    node: true,
  },
  build: {
    ours: ['cloud/contracts'],
    packages: ['vite', 'zod', 'azure-iot-device', 'azure-iot-device-mqtt', '@playwright/test'],
    node: true,
  },
};

const product = '^(main|renderer|cloud|build)/';
const inside = (path) => (path.endsWith('.ts') ? `^${path}$` : `^${path}/`);
const fromNpm = (names) => names.map((name) => `node_modules/${name}(/|$)`);
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...Object.entries(layers).flatMap(([layer, { ours, packages, node }]) => [
      forbid(
        `${layer}: folders`,
        `${layer} may import only ${[layer, ...ours].join(', ')}.`,
        { path: inside(layer) },
        { path: product, pathNot: [layer, ...ours].map(inside) },
      ),
      forbid(
        `${layer}: packages`,
        `${layer} may take only ${packages.join(', ') || 'nothing'} from npm.`,
        { path: inside(layer) },
        { path: 'node_modules/', pathNot: fromNpm(packages) },
      ),
      ...(node
        ? []
        : [
            forbid(
              `${layer}: no node`,
              `${layer} must run where there is no Node.`,
              { path: inside(layer) },
              { dependencyTypes: ['core'] },
            ),
          ]),
    ]),
    forbid(
      'every file has a home',
      'A new folder is a new line in the table of layers.',
      { path: product, pathNot: Object.keys(layers).map(inside) },
      {},
    ),
    forbid(
      'only main knows electron',
      'Nobody else may import electron, tests neither. Its stand-in takes its types; the app that tries the stand-in is an app.',
      { pathNot: '^(main|test/standin|test/kiosk/standin/app)/' },
      { path: '(^electron$|node_modules/electron/)' },
    ),
    forbid(
      'functions register in one place',
      'Only functions/index.ts takes @azure/functions as a value.',
      { path: '^cloud/functions/', pathNot: '^cloud/functions/index[.]ts$' },
      { path: 'node_modules/@azure/functions/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'sqlite of the embedded platform stays in state',
      'In cloud/local only state/ may open a database; others may name its type.',
      { path: '^cloud/local/', pathNot: '^cloud/local/state/' },
      { path: '^(node:)?sqlite$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'the glass sees main as types',
      'renderer may import main/bridge.ts as types only.',
      { path: '^renderer/' },
      { path: '^main/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'the bridge is all they share',
      'renderer/sign: only the browser entry may use cloud/client.',
      { path: '^renderer/sign/', pathNot: '^renderer/sign/browser[.]ts$' },
      { path: '^cloud/client/' },
    ),
    forbid(
      'no test code in the product',
      'Product code may not import tests. Pictures of the sign are taken of the states that the tests use.',
      { path: product, pathNot: '^build/screenshots[.]ts$' },
      { path: '^test/' },
    ),
    forbid(
      'the domain is tested',
      'Every domain file is reachable from a test.',
      { path: '^test/' },
      { path: '^cloud/domain/', reachable: false },
    ),
    forbid(
      'no circles',
      'Files that import each other in a loop are one file or three.',
      {},
      { circular: true },
    ),
    forbid(
      'imports resolve',
      'An import that resolves to nothing is checked by nobody. A host answers @azure/functions-core when it runs an app; ' +
        'a .cjs of test/support stands beside such an app when it runs.',
      { pathNot: '^test/support/[^/]+[.]cjs$' },
      { couldNotResolve: true, pathNot: '^@azure/functions-core$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
