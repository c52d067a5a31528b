import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { chromiumArguments, findBrowser, hasDisplay } from '../../build/start/browser.ts';
import type { CloudReady } from '../../build/start/cloud.ts';
import { sayable } from '../../build/start/cloud-log.ts';
import { OptionError, startOptions } from '../../build/start/options.ts';
import { supervise } from '../../build/start/supervise.ts';
import { createTerminal } from '../../build/start/terminal.ts';
import { trustWords, whereWords } from '../../build/start/words.ts';

describe('the options of npm start', () => {
  test('without any there is a demonstration, a window, and the usual ports', () => {
    expect(startOptions([])).toEqual({
      demo: true,
      open: true,
      kiosk: true,
      data: './data',
      host: '127.0.0.1',
      iotHubHost: undefined,
      names: [],
      certificate: undefined,
      certificateKey: undefined,
      database: undefined,
      backUpAt: undefined,
      httpPort: 7071,
      iotHubPort: 8883,
      help: false,
    });
  });

  test('each can be changed', () => {
    const args = [
      '--no-demo',
      '--no-open',
      '--data',
      '/srv/vitrine',
      '--http-port',
      '80',
      '--iot-hub-port=9000',
    ];
    expect(startOptions(args)).toMatchObject({
      demo: false,
      open: false,
      data: '/srv/vitrine',
      httpPort: 80,
      iotHubPort: 9000,
    });
  });

  test('those of the network as well', () => {
    const args = ['--host', '0.0.0.0', '--name=a.example', '--name=b.example', '--iot-hub-host=127.0.0.1'];
    expect(startOptions([...args, '--certificate=c.pem', '--certificate-key=k.pem'])).toMatchObject({
      host: '0.0.0.0',
      iotHubHost: '127.0.0.1',
      names: ['a.example', 'b.example'],
      certificate: 'c.pem',
      certificateKey: 'k.pem',
    });
  });

  test.each([
    ['--http-port', '-1'],
    ['--iot-hub-port', '70000'],
    ['--http-port', 'eighty'],
    ['--port', '1'],
  ])('%s %s is refused by name', (option, value) => {
    const refused = () => startOptions([option, value]);
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(option);
  });
});

describe('a process that is kept running', () => {
  /** Says that it is up, and what it was given; ends when it is told to. */
  const program = `
    process.on('message', (code) => process.exit(code));
    process.send({ pid: process.pid });`;
  const launch = (source: string) => () =>
    spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

  test('is started again when it dies, and ends with its owner', async () => {
    const stop = new AbortController();
    const said: string[] = [];
    const pids: number[] = [];
    let current = launch('')();
    const supervised = supervise({
      name: 'the cloud',
      launch: () => {
        current = launch(program)();
        return current;
      },
      onMessage: (message) => {
        pids.push((message as { pid: number }).pid);
      },
      say: (line) => said.push(line),
      signal: stop.signal,
    });
    await expect.poll(() => pids.length).toBe(1);
    current.send(3);
    await expect.poll(() => pids.length, { timeout: 10_000 }).toBe(2);
    expect(said).toEqual(['the cloud ended (exit code 3); starting it again in 0.5 s']);
    stop.abort();
    await supervised;
    expect(current.signalCode).toBe('SIGTERM');
  });

  test('is not started again if it never came up', async () => {
    const supervised = supervise({
      name: 'the cloud',
      launch: launch('process.exit(7)'),
      onMessage: () => {},
      say: () => {},
      signal: new AbortController().signal,
    });
    await expect(supervised).rejects.toThrow('the cloud could not start (exit code 7)');
  });
});

describe('the terminal', () => {
  const written = (isTTY: boolean, columns = 80) => {
    const chunks: string[] = [];
    const clock = { nowMs: 0 };
    const terminal = createTerminal(
      { isTTY, columns, write: (text) => chunks.push(text) },
      () => clock.nowMs,
    );
    return { chunks, clock, terminal };
  };

  test('shows the count in place, and what is said stays above it', () => {
    const { chunks, terminal } = written(true);
    terminal.show('41 inside');
    terminal.show('42 inside');
    terminal.say('cloud warning: a door is silent');
    terminal.close();
    expect(chunks).toEqual([
      '\r\u001b[K41 inside',
      '\r\u001b[K42 inside',
      '\r\u001b[Kcloud warning: a door is silent\n42 inside',
      '\n',
    ]);
  });

  test('in a file the count is a line at most every five seconds, and only when it changed', () => {
    const { chunks, clock, terminal } = written(false);
    terminal.show('41 inside');
    terminal.show('42 inside');
    clock.nowMs = 5_000;
    terminal.show('41 inside');
    terminal.show('43 inside');
    expect(chunks).toEqual(['41 inside\n', '43 inside\n']);
  });

  test('a line is never wider than the terminal', () => {
    const { chunks, terminal } = written(true, 10);
    terminal.show('a line that is longer');
    expect(chunks).toEqual(['\r\u001b[Ka line th']);
  });
});

describe('what the terminal says of the log', () => {
  test.each([
    ['{"level":30,"msg":"up"}', undefined],
    ['{"level":40,"msg":"a door is silent"}', 'cloud warning: a door is silent'],
    ['{"level":50,"msg":"not kept","err":{"message":"disk full"}}', 'cloud error: not kept: disk full'],
    ['Error: it crashed', 'cloud: Error: it crashed'],
    ['', undefined],
  ])('%s', (line, said) => {
    expect(sayable(line)).toBe(said);
  });
});

describe('the window of the sign', () => {
  test('is opened where there is a display', () => {
    expect(hasDisplay({ DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay({})).toBe(false);
    expect(findBrowser({ PATH: '/nowhere' })).toBeUndefined();
  });

  test('is full-screen only when asked for, and without the sandbox only for root', () => {
    const window = { url: 'http://localhost:7071/', profile: '/data/window', kiosk: false, isRoot: false };
    expect(chromiumArguments(window)).toContain('--app=http://localhost:7071/');
    expect(chromiumArguments(window)).not.toContain('--kiosk');
    expect(chromiumArguments(window)).not.toContain('--no-sandbox');
    expect(chromiumArguments({ ...window, kiosk: true, isRoot: true })).toEqual(
      expect.arrayContaining(['--kiosk', '--no-sandbox']),
    );
  });

  test('trusts one private authority by its key, and no other certificate that is wrong', () => {
    const window = { url: 'https://localhost:7071/', profile: '/data/window', kiosk: true, isRoot: false };
    expect(chromiumArguments(window).join()).not.toContain('certificate');
    const pinned = chromiumArguments({ ...window, pin: 'KEY=' });
    expect(pinned.filter((word) => word.includes('certificate'))).toEqual([
      '--ignore-certificate-errors-spki-list=KEY=',
    ]);
  });
});

describe('what is said of where it runs', () => {
  const cloud: CloudReady = {
    kind: 'ready',
    httpUrl: 'http://localhost:7071',
    networkUrls: [],
    iotHub: { hostName: 'localhost', port: 8883 },
    caFile: '/data/ca.pem',
    authority: { fingerprint: 'AB:CD', isNew: false },
    hostKey: 'k',
  };
  const said = (change: Partial<CloudReady>) =>
    whereWords({ cloud: { ...cloud, ...change }, data: '/data', signUrl: 's' });

  test('the fingerprint of the authority is there at the first start, and always on the network', () => {
    expect(said({})).not.toContain('AB:CD');
    expect(said({ authority: { fingerprint: 'AB:CD', isNew: true } })).toContain(
      '/data/ca.pem, SHA-256 AB:CD',
    );
    const onNetwork = said({ httpUrl: 'https://localhost:7071', networkUrls: ['https://192.0.2.2:7071'] });
    expect(onNetwork).toMatch(/On the network +https:\/\/192\.0\.2\.2:7071/);
    expect(onNetwork).toContain('SHA-256 AB:CD');
  });

  test('curl is told whom to trust where the cloud is private', () => {
    expect(trustWords(cloud)).toBe('');
    expect(trustWords({ ...cloud, httpUrl: 'https://localhost:7071' })).toBe(' --cacert /data/ca.pem');
  });
});
