import { expect, onTestFinished, test } from 'vitest';
import { createIotHubRegistry } from '../../../../cloud/functions/platform/iot-hub-registry.ts';
import { trustAuthorities } from '../../../../cloud/local/trust-authority.ts';
import { OWNER, startTestHub } from '../../../support/iot-hub.ts';
import { callRegistry, serviceConnectionOf } from '../../../support/registry-service.ts';

/** The product's own calls, to the embedded hub. */
async function openedRegistry() {
  const { hub, caPem, close } = await startTestHub();
  const distrust = trustAuthorities([caPem]);
  onTestFinished(async () => {
    distrust();
    await close();
  });
  const text = `HostName=${hub.hostName};SharedAccessKeyName=${OWNER.name};SharedAccessKey=${OWNER.key}`;
  const service = { ...serviceConnectionOf(text), ca: caPem };
  const inPortal = (method: string, body?: object) =>
    callRegistry(service, { method, path: '/devices/street-1', body, ifMatch: '*' });
  return { registry: createIotHubRegistry(text, Date.now), inPortal };
}

test('a sensor that was switched off in the portal gets new keys, and stays switched off', async () => {
  const { registry, inPortal } = await openedRegistry();
  await registry.createDevice('street-1');
  const off = { deviceId: 'street-1', status: 'disabled', statusReason: 'stolen' };
  const before = await inPortal('PUT', { ...off, authentication: { type: 'sas' } });
  expect(await registry.renewKeys('street-1')).toContain('DeviceId=street-1');
  const { body } = await inPortal('GET');
  expect(body).toMatchObject(off);
  expect(body).not.toMatchObject({ authentication: Object(before.body).authentication });
});

test('the hub has a device until it is deleted', async () => {
  const { registry } = await openedRegistry();
  expect(await registry.renewKeys('street-1')).toBeUndefined();
  await registry.createDevice('street-1');
  expect(await registry.hasDevice('street-1')).toBe(true);
  expect(await registry.deleteDevice('street-1')).toBe(true);
  expect(await registry.hasDevice('street-1')).toBe(false);
});
