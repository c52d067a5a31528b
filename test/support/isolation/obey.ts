import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type CommandKind,
  type Heartbeat,
  pulledCommandsSchema,
} from '../../../cloud/contracts/sign-report.ts';
import type { WireSign } from '../wire-sign.ts';
import type { Own } from './shops.ts';

export type Obeyed = {
  /** Of a command that was answered. */
  readonly commandId: string;
  /** Of one that waits for a picture still, though it got one. */
  readonly screenshotId: string;
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Begins as a picture does, and says whose it is. */
export const pictureOf = (mark: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...PNG, ...new TextEncoder().encode(`${mark} picture`)]);

/** A sign reports what it shows, is told to do two things, and does them. */
export async function obeyed(own: Own, sign: WireSign, report: Heartbeat, mark: string): Promise<Obeyed> {
  await done(sign.call('POST', API_PATHS.heartbeat, report));
  const commandId = await commanded(own, sign, 'identify');
  await done(sign.call('POST', API_PATHS.receipts, { commandId, outcome: 'failed', why: `${mark} fault` }));
  const screenshotId = await commanded(own, sign, 'screenshot');
  await done(pictured(sign, screenshotId, pictureOf(mark)));
  return { commandId, screenshotId };
}

/** Gives the id of the command, as the sign pulls it. */
async function commanded(own: Own, sign: WireSign, kind: CommandKind): Promise<string> {
  await own('POST', API_PATHS.fleetCommands, { signIds: [sign.signId], kind, withinSeconds: 86_400 });
  const { commands } = pulledCommandsSchema.parse(
    await (await sign.call('GET', API_PATHS.pulledCommands)).json(),
  );
  return commands.find((command) => command.kind === kind)?.commandId ?? '';
}

const pictured = (sign: WireSign, commandId: string, body: Uint8Array<ArrayBuffer>) =>
  fetch(`${new URL(sign.negotiated.url).origin}${API_PATHS.screenshotOfMe}?commandId=${commandId}`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', authorization: `Bearer ${sign.negotiated.session.token}` },
    body,
  });

async function done(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
}
