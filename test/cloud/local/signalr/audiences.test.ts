import { expect, test } from 'vitest';
import { isCallAudience, isClientAudience } from '../../../../cloud/local/signalr/audiences.ts';

const LOCAL = 'http://localhost:7071';
const LAN = 'https://signs.store.example:7071';

test.for([
  [LOCAL, 'localhost:7071', 'http://localhost:7071', true],
  [LOCAL, undefined, 'http://localhost:7071', true],
  [LOCAL, '127.0.0.1:7071', 'http://127.0.0.1:7071', true],
  [LOCAL, '[::1]:7071', 'http://[::1]:7071', true],
  [LOCAL, 'localhost:7071', 'http://127.0.0.1:7071', false],
  [LOCAL, '127.0.0.1:80', 'http://127.0.0.1:80', false],
  [LOCAL, 'evil.example:7071', 'http://evil.example:7071', false],
  [LOCAL, 'not a host', 'http://localhost:7071', true],
  [LAN, 'signs.store.example:7071', LAN, true],
  [LAN, 'localhost:7071', 'https://localhost:7071', false],
  [LAN, 'signs.store.example:7071', 'http://signs.store.example:7071', false],
] as const)(
  'the service at %s, asked as %s, is meant by a token for %s: %s',
  ([endpoint, host, origin, meant]) => {
    const reached = { endpoint, host };
    expect(isClientAudience(`${origin}/client/?hub=signs`, 'signs', reached)).toBe(meant);
    const call = new URL('http://service/api/hubs/signs/:send?api-version=2022-06-01');
    expect(isCallAudience(`${origin}/api/hubs/signs/:send`, call, reached)).toBe(meant);
  },
);
