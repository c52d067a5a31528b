import { expect, test } from 'vitest';
import { CommandLineError, parseCommandLine } from '../../main/command-line.ts';

const DANGEROUS = [
  '--remote-debugging-port=0',
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--disable-web-security',
  '--load-extension=/tmp/x',
  '--user-data-dir=/tmp/x',
  '--proxy-server=evil.example',
  '--host-rules=MAP * evil.example',
  '--ignore-certificate-errors',
  '--inspect=0',
  '--inspect-brk',
  '--js-flags=--expose-gc',
  '--renderer-cmd-prefix=sh',
  '--gpu-launcher=sh',
  '-r',
  'https://evil.example/',
];

test.each(DANGEROUS)('a kiosk started with %s does not start', (word) => {
  expect(() => parseCommandLine([word], { underTest: false })).toThrow(CommandLineError);
  expect(() => parseCommandLine(['--cloud=embedded', word], { underTest: false })).toThrow(CommandLineError);
});

test('tests may drive a kiosk, and no more than that', () => {
  const driven = ['--inspect=0', '--remote-debugging-port=0'];
  expect(parseCommandLine([...driven, '--user-data=/tmp/x'], { underTest: true }).userData).toBe('/tmp/x');
  for (const word of DANGEROUS.filter((word) => !driven.includes(word))) {
    expect(() => parseCommandLine([word], { underTest: true })).toThrow(CommandLineError);
  }
});

test('a kiosk may be told which display server it draws on', () => {
  expect(parseCommandLine(['--ozone-platform=wayland'], { underTest: false }).cloud).toBeUndefined();
});

test('a kiosk may be told which private authority its cloud has', () => {
  const given = ['--cloud=https://shop-pc:7071', '--cloud-authority=ca.pem'];
  expect(parseCommandLine(given, { underTest: false }).cloudAuthority).toBe('ca.pem');
});
