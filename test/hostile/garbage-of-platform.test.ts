import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpRequest } from '@azure/functions';
import { afterAll, describe, expect } from 'vitest';
import * as z from 'zod';
import { history } from '../../cloud/functions/history.ts';
import { stampedEvents } from '../../cloud/functions/hub-events.ts';
import { settingsFrom } from '../../cloud/functions/settings.ts';
import { upstream } from '../../cloud/functions/upstream.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { valueIn } from '../support/value-in.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const KEY = 'the key of the service';
const BODY = Buffer.from('{"in":1}');
const json = (value: unknown) => JSON.stringify(value);
const signed = (id: string) => `sha256=${createHmac('sha256', KEY).update(id).digest('hex')}`;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-garbage-'));
const store = await openStore(`sqlite:${join(folder, 'vitrine.db')}`, { now: () => NOW_MS });
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const cloud = cloudOn(store, {
  now: () => NOW_MS,
  settings: settingsFrom({
    VitrineDatabase: 'given',
    AzureSignalRConnectionString: `Endpoint=https://signalr.example;AccessKey=${KEY};Version=1.0;`,
    IotHubRegistry: 'not used',
    SessionSigningKey: Buffer.alloc(32, 'session').toString('base64'),
  }),
});

describe('what the platform tells the functions', () => {
  const stamps = {
    'iothub-connection-device-id': 'street-1',
    'iothub-enqueuedtime': '2026-11-21T11:59:58.123Z',
    'message-id': 'm-1',
    'content-type': 'application/json',
  };
  survivesGarbage(
    'of a batch',
    (bytes) => {
      try {
        const { events, unstamped } = stampedEvents([BODY, BODY], valueIn(bytes), NOW_MS);
        if (events.length + unstamped !== 2) expect(events).toBe('all of them');
        for (const { enqueuedAtMs, messageKey, contentType } of events) {
          const isShort = messageKey.length < 300 && (contentType?.length ?? 0) <= 256;
          if (!Number.isFinite(enqueuedAtMs) || !isShort) expect(messageKey).toBe('fit to be kept');
        }
      } catch (error) {
        // Loud: without its numbers a batch cannot be counted, and comes again.
        if (!(error instanceof RangeError || error instanceof z.ZodError)) throw error;
      }
    },
    [
      json({
        partitionContext: { partitionId: '0' },
        sequenceNumberArray: [7, { low: -1, high: 3 }],
        enqueuedTimeUtcArray: ['2026-11-21T11:59:58', ''],
        systemPropertiesArray: [stamps, { ...stamps, 'message-id': 12, 'iothub-enqueuedtime': 'soon' }],
      }),
      json({ sequenceNumberArray: ['7', 8], systemPropertiesArray: [stamps, null] }),
    ],
  );

  const listen = upstream(cloud.services);
  survivesGarbage(
    'of a connection',
    async (bytes) => {
      const [connectionId = '', event = '', userId = '', signature = '', hub = ''] = linesOf(bytes);
      const request = new HttpRequest({
        method: 'POST',
        url: 'http://localhost/api/upstream',
        params: { hub, category: 'connections', event },
        headers: {
          'x-asrs-connection-id': connectionId,
          'x-asrs-event': event,
          'x-asrs-user-id': userId,
          'x-asrs-signature': signature,
        },
      });
      const { status } = await listen(request);
      const isSigned = signature.toLowerCase().includes(signed(connectionId.trim()));
      if (status === 204 && !isSigned) expect(signature).toBe('refused');
      if (![204, 400, 401, 404].includes(status ?? 0)) expect(status).toBe('an answer');
    },
    [
      ['c1', 'connected', 's-1', signed('c1'), 'vitrine'].join('\n'),
      ['c1', 'disconnected', 's-1', `${signed('c2')},${signed('c3')}`, 'Vitrine'].join('\n'),
    ],
  );
});

describe('what is asked of the history of a store', () => {
  const answer = history(cloud.services);
  survivesGarbage(
    'in its query',
    async (bytes) => {
      const url = `http://localhost/api/stores/nowhere/history?${bytes.toString('latin1')}`;
      const request = new HttpRequest({ method: 'GET', url, params: { storeId: 'nowhere' } });
      const { status = 0, jsonBody } = await answer(request);
      if (status === 400 && jsonBody.field === undefined) expect(jsonBody).toBe('naming a field');
      if (![400, 404].includes(status)) expect(status).toBe('an answer');
    },
    [
      'from=2026-11-20T10:00:00Z&until=2026-11-21T10:00:00Z&step=hour&format=csv',
      'from=2026-11-21T10:00:00%2B01:00&step=minute&door=street',
      'from=2025-01-21T10:00:00Z&step=day&zone=store',
    ],
  );
});

/** A header holds visible characters and spaces; anything else ends it here. */
const linesOf = (bytes: Buffer) => bytes.toString('latin1').split(/[^ -~]+/);
