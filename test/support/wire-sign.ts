import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { identityOf, makeKeyPair, type SignIdentity, signIdOf } from '../../cloud/client/sign-identity.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { HUB_TARGETS } from '../../cloud/contracts/hub-targets.ts';
import { pairingOfferSchema } from '../../cloud/contracts/pairing.ts';
import {
  challengeSchema,
  type Negotiated,
  negotiatedSchema,
  SIGN_HEADER,
} from '../../cloud/contracts/sign.ts';

/** Everything that the hub may say to a sign or a person. */
const TARGETS = Object.values(HUB_TARGETS);

/** A sign that speaks the wire by hand, so that a test may misbehave with what it was given. */
export type WireSign = {
  readonly signId: string;
  readonly identity: SignIdentity;
  readonly negotiated: Negotiated;
  call(method: string, path: string, body?: unknown): Promise<Response>;
  pairingCode(): Promise<string>;
};

export async function signInByHand(cloudUrl: string, identity?: SignIdentity): Promise<WireSign> {
  const own = identity ?? (await identityOf(await makeKeyPair()));
  const signId = await signIdOf(own.publicKey);
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', [SIGN_HEADER]: signId };
    const response = await fetch(cloudUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await post(API_PATHS.signs, { publicKey: own.publicKey });
  const { nonce } = challengeSchema.parse(await post(API_PATHS.challenge(signId), {}));
  const assertion = await own.sign({ audience: 'vitrine', purpose: 'negotiate', sign: signId, nonce });
  const negotiated = negotiatedSchema.parse(await post(API_PATHS.negotiate, { assertion }));
  const call = (method: string, path: string, body?: unknown) =>
    fetch(cloudUrl + path, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${negotiated.session.token}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    signId,
    identity: own,
    negotiated,
    call,
    async pairingCode() {
      const response = await call('POST', API_PATHS.pairingCode, {});
      return pairingOfferSchema.parse(await response.json()).code;
    },
  };
}

export type Listener = { readonly connection: HubConnection; readonly heard: readonly string[] };

/** On the hub with a token; `heard` holds what came, each as JSON. */
export async function listenOnHub({
  url,
  accessToken,
}: {
  readonly url: string;
  readonly accessToken: string;
}): Promise<Listener> {
  const connection = new HubConnectionBuilder()
    .withUrl(url, { transport: HttpTransportType.WebSockets, accessTokenFactory: () => accessToken })
    .configureLogging(LogLevel.None)
    .build();
  const heard: string[] = [];
  for (const target of TARGETS)
    connection.on(target, (...told: unknown[]) => void heard.push(JSON.stringify([target, ...told])));
  await connection.start();
  return { connection, heard };
}
