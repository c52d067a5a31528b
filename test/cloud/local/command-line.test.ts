import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../cloud/local/command-line.ts';

test('a cloud is for this machine alone until it is told otherwise', () => {
  expect(parseCommandLine([])).toMatchObject({
    host: '127.0.0.1',
    iotHubHost: undefined,
    names: [],
    ownerCertificate: undefined,
    signalRUpstream: undefined,
  });
});

test('it is told where to listen, its names, its certificate, and where connections are told', () => {
  const args = [
    '--host=0.0.0.0',
    '--iot-hub-host=127.0.0.1',
    '--name=Vitrine.Example.com.',
    '--name=fd00::2',
  ];
  const certificate = ['--certificate=c.pem', '--certificate-key=k.pem'];
  const upstream = 'https://localhost:7071/runtime/webhooks/signalr?code=k&event={event}';
  expect(parseCommandLine([...args, ...certificate, `--signalr-upstream=${upstream}`])).toMatchObject({
    host: '0.0.0.0',
    iotHubHost: '127.0.0.1',
    names: ['vitrine.example.com', 'fd00::2'],
    ownerCertificate: { certificate: 'c.pem', key: 'k.pem' },
    signalRUpstream: upstream,
  });
});

test.each([
  [['--name=*.example.com'], /^--name: expected a host name/],
  [['--name=http://shop'], /^--name: /],
  [['--host='], /^--host: /],
  [['--host=all of them'], /^--host: /],
  [['--certificate=c.pem'], /^--certificate-key: expected as well/],
  [['--certificate-key=k.pem'], /^--certificate: expected as well/],
  [['--signalr-upstream=localhost'], /^--signalr-upstream: expected an http address/],
])('%o is refused by name', (args, words) => {
  expect(() => parseCommandLine(args)).toThrow(words);
});
