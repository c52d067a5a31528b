import { expect, test } from 'vitest';
import { aHubEvent, runApp } from '../../../support/functions-host.ts';

const SETTINGS = { IotHubEvents: 'Endpoint=sb://localhost', IotHubEventHubName: 'vitrine' };

const telemetry = (handler: string, options = '') => `
  app.eventHub('telemetry', {
    connection: 'IotHubEvents', eventHubName: '%IotHubEventHubName%', consumerGroup: 'functions', cardinality: 'many',
    ${options}
    handler: ${handler},
  });
`;
const NOW_AND_THEN = `retry: { strategy: 'fixedDelay', maxRetryCount: 3, delayInterval: 0 },`;
const FOR_EVER = `retry: { strategy: 'fixedDelay', maxRetryCount: -1, delayInterval: { hours: 1 } },`;

test('a batch arrives with its bodies parsed and one item of metadata an event', async () => {
  await using app = await runApp(
    telemetry(
      'async (bodies, context) => tell({ bodies, metadata: context.triggerMetadata, retry: context.retryContext ?? null })',
    ),
    { settings: SETTINGS },
  );
  await app.host.deliver([
    aHubEvent({ sequenceNumber: 41, properties: { Schema: 'v1' } }),
    aHubEvent({ sequenceNumber: 42, body: Buffer.from('plain'), systemProperties: { 'message-id': 'm-2' } }),
  ]);
  expect(app.told()).toEqual([
    {
      bodies: [{ people: 1 }, 'plain'],
      retry: null,
      metadata: {
        partitionContext: { eventHubName: 'vitrine', consumerGroup: 'functions', partitionId: '0' },
        // As on Azure: no text of this list says anything, and empty ones are left out on the way to Node.
        partitionKeyArray: [],
        offsetArray: [41, 42],
        sequenceNumberArray: [41, 42],
        enqueuedTimeUtcArray: ['2026-11-21T12:00:00.000Z', '2026-11-21T12:00:00.000Z'],
        propertiesArray: [{ schema: 'v1' }, {}],
        systemPropertiesArray: [
          {
            'iothub-connection-device-id': 'door-1',
            'x-opt-sequence-number': 41,
            'x-opt-offset': '41',
            'x-opt-enqueued-time': '2026-11-21T12:00:00.000Z',
            sequenceNumber: 41,
            offset: '41',
            enqueuedTimeUtc: '2026-11-21T12:00:00.000Z',
          },
          expect.objectContaining({ 'message-id': 'm-2', sequenceNumber: 42 }),
        ],
      },
    },
  ]);
});

test('a function that asks for binary data gets the bytes as they were sent', async () => {
  await using app = await runApp(
    telemetry(
      'async (bodies) => tell(bodies.map((body) => [Buffer.isBuffer(body), body.toString("hex")]))',
      `dataType: 'binary',`,
    ),
    { settings: SETTINGS },
  );
  await app.host.deliver([aHubEvent({ body: Buffer.from('ff00', 'hex') })]);
  expect(app.told()).toEqual([[[true, 'ff00']]]);
});

test('a batch that always fails is tried as often as the policy says, then refused; the next one is served', async () => {
  await using app = await runApp(
    telemetry(
      `async (bodies, { retryContext }) => {
        tell([bodies[0], retryContext.retryCount, retryContext.maxRetryCount, retryContext.exception?.message ?? null]);
        if (bodies[0] === 'poison') throw new Error('no database');
      }`,
      NOW_AND_THEN,
    ),
    { settings: SETTINGS },
  );
  const poison = app.host.deliver([aHubEvent({ body: Buffer.from('poison') })]);
  const good = app.host.deliver([aHubEvent({ body: Buffer.from('good') })]);
  await expect(poison).rejects.toThrow('no database');
  await good;
  expect(app.told()).toEqual([
    ['poison', 0, 3, null],
    ['poison', 1, 3, 'Error: no database'],
    ['poison', 2, 3, 'Error: no database'],
    ['poison', 3, 3, 'Error: no database'],
    ['good', 0, 3, null],
  ]);
});

test('without a policy a batch is tried once', async () => {
  await using app = await runApp(telemetry(`async () => { tell('run'); throw new Error('no'); }`), {
    settings: SETTINGS,
  });
  await expect(app.host.deliver([aHubEvent()])).rejects.toThrow('no');
  expect(app.told()).toEqual(['run']);
});

test('batches are served one at a time and in order', async () => {
  await using app = await runApp(
    telemetry(`async (bodies) => {
      tell('begin ' + bodies[0]);
      await new Promise((resolve) => setTimeout(resolve, bodies[0] === 1 ? 20 : 0));
      tell('end ' + bodies[0]);
    }`),
    { settings: SETTINGS },
  );
  await Promise.all(
    [1, 2, 3].map((body) => app.host.deliver([aHubEvent({ body: Buffer.from(String(body)) })])),
  );
  expect(app.told()).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
});

test('a batch that waits for its next try is refused when the host closes, not kept waiting', async () => {
  await using app = await runApp(telemetry(`async () => { tell('run'); throw new Error('no'); }`, FOR_EVER), {
    settings: SETTINGS,
  });
  const delivery = app.host.deliver([aHubEvent()]);
  const refused = expect(delivery).rejects.toThrow();
  await expect.poll(() => app.told()).toEqual(['run']);
  await app.host.close();
  await refused;
});

test('with two functions a batch is done only when both have it', async () => {
  const second = telemetry(`async () => { throw new Error('the second fails'); }`).replace(
    "'telemetry'",
    "'second'",
  );
  await using app = await runApp(telemetry(`async () => tell('first')`) + second, { settings: SETTINGS });
  await expect(app.host.deliver([aHubEvent()])).rejects.toThrow('the second fails');
  expect(app.told()).toEqual(['first']);
});

test('an app without an event hub function takes no batch, so none is acknowledged', async () => {
  await using app = await runApp(`app.http('only', { handler: async () => ({}) });`);
  await expect(app.host.deliver([aHubEvent()])).rejects.toMatchObject({ code: 'ERR_NO_EVENT_HUB_FUNCTION' });
});
