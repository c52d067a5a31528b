import { describe, expect } from 'vitest';
import {
  checkExpression,
  withRequestValues,
  withSettings,
} from '../../cloud/local/functions-host/binding-expression.ts';
import { hostJsonOf } from '../../cloud/local/functions-host/host-json.ts';
import {
  compareRoutes,
  matchRoute,
  parseRoute,
  segmentsOf,
} from '../../cloud/local/functions-host/http/route.ts';
import { sendSignalROutputs } from '../../cloud/local/functions-host/signalr-outputs.ts';
import { HostError } from '../../cloud/local/host-error.ts';
import { survivesGarbage } from '../support/garbage.ts';

const json = (value: unknown) => JSON.stringify(value);
const ROUTES = ['api/stores/{storeId}', 'api/stores/{storeId}/history', 'api/count/{n:int}/{part?}'].map(
  parseRoute,
);

describe('what a functions app is asked', () => {
  survivesGarbage(
    'by its address',
    (bytes) => {
      const path = segmentsOf(bytes.toString());
      if (path === undefined) return;
      for (const route of ROUTES) {
        const parameters = matchRoute(route, path);
        if (parameters === undefined) continue;
        const isOfPath = Object.values(parameters).every((value) => path.includes(value));
        const isWhole = parameters.n === undefined || Number.isInteger(Number(parameters.n));
        if (!isOfPath || !isWhole) expect(parameters).toBe('of the path');
      }
    },
    ['/api/stores/s1', '/api/stores/s%201/history', '/API//count/-12/a', '/api/count/2147483648'],
  );

  survivesGarbage(
    'by the values that its bindings name',
    (bytes) => {
      const text = bytes.toString();
      const request = { headers: { 'x-sign': text }, query: { id: text } };
      const filled = withRequestValues('{headers.x-sign}/{query.id}/{query.none}', request);
      if (filled !== undefined) expect(filled).toBe('missing');
      if (text !== '' && withRequestValues('{query.id}', request) !== text) expect(text).toBe('itself');
    },
    ['s-1', '{query.id}', '$&', '{headers.x-sign}$1'],
  );
});

describe('what a functions app says of itself', () => {
  /** It may be refused, in words that a person can act on. */
  const orHostError = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (error instanceof HostError && error.message !== '') return undefined;
      throw error;
    }
  };

  survivesGarbage(
    'in its routes and bindings',
    (bytes) => {
      const text = bytes.toString();
      const route = orHostError(() => parseRoute(text));
      if (route !== undefined) compareRoutes(route, ROUTES[0] ?? []);
      orHostError(() => checkExpression(text));
      orHostError(() => withSettings(text, { Name: '%Other%' }));
    },
    ['stores/{storeId:int}/{part?}', '{headers.x-sign}:%Name%', '%Other%{query.id}'],
  );

  survivesGarbage(
    'in its host.json',
    (bytes) => {
      const read = orHostError(() => hostJsonOf(bytes.toString(), 'host.json'));
      if (read === undefined) return;
      const { maxEvents, minEvents, maxWaitMs } = read.batches;
      const isUsable = minEvents >= 1 && minEvents <= maxEvents && Number.isSafeInteger(maxWaitMs);
      if (!isUsable || /^\/|\/$/.test(read.routePrefix)) expect(read).toBe('usable');
    },
    [
      json({ version: '2.0', extensions: { http: { routePrefix: '/api/' } } }),
      json({
        version: '2.0',
        extensions: { eventHubs: { maxEventBatchSize: 64, minEventBatchSize: 8, maxWaitTime: '00:00:05' } },
      }),
    ],
  );

  survivesGarbage(
    'in its SignalR outputs',
    async (bytes) => {
      const sent: unknown[] = [];
      const keep = (_hub: string, what: unknown) => sent.push(what);
      const text = bytes.toString();
      const outputs = [
        { type: 'signalR', name: 'signalR', hubName: 'signs', connectionStringSetting: 'S' } as const,
      ];
      const response = { outputData: [{ name: 'signalR', data: { json: text } }] };
      // A handler that returns something else is told so; nothing but messages and actions goes out.
      await sendSignalROutputs(outputs, response, { send: keep, act: keep }).catch(() => undefined);
      for (const what of sent) {
        const isKnown = typeof what === 'object' && what !== null && ('target' in what || 'action' in what);
        if (!isKnown) expect(what).toBe('a message or an action');
      }
    },
    [
      json([{ target: 'snapshot', arguments: [{}], groupName: 'g' }]),
      json({ action: 'add', userId: 'ana', groupName: 'g' }),
    ],
  );
});
