import { type Sample, sample } from './sample.ts';
import { shopIds } from './shops.ts';

/** Of sensors, of the platform, and of whoever watches over the cloud. */
export const OTHER_SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  health: [sample(['none'])],
  openApi: [sample(['none'])],
  docs: [sample(['none'])],
  ingest: [
    sample(['alpha', 'bravo', 'missing'], ({ aim }) => ({
      params: {
        sensorId: aim === 'alpha' || aim === 'bravo' ? shopIds(aim).sensorId : 'no-such-sensor',
      },
      body: { in: 0 },
    })),
  ],
  upstream: [
    sample(['none'], () => ({
      params: { hub: 'vitrine', category: 'connections', event: 'connected' },
      headers: {
        'x-asrs-connection-id': 'a-connection',
        'x-asrs-event': 'connected',
        'x-asrs-signature': `sha256=${'0'.repeat(64)}`,
      },
    })),
  ],
};
