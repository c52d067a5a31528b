import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { signInWith } from '../sign-in-with.ts';
import { bearer, type CallerMakers, caller, type Headers, type IsolationCaller } from './caller.ts';
import type { IsolationStage } from './stage.ts';

const stranger =
  (headersOf: (stage: IsolationStage) => Headers | Promise<Headers>) =>
  async (stage: IsolationStage): Promise<IsolationCaller> =>
    caller({ kind: 'stranger' }, await headersOf(stage));

/** Who holds nothing that was ever good, or that is good no more. */
export const STRANGERS: CallerMakers = {
  nobody: stranger(() => ({})),
  'a forged principal of App Service': stranger(forgedPrincipal),
  'a made-up session': stranger(({ cloud }) => {
    const { origin, port } = new URL(cloud.ready().httpUrl);
    return { cookie: `vitrine-session-${port}=${'A'.repeat(43)}`, origin };
  }),
  'a made-up access key': stranger(() => bearer(`vk_${'A'.repeat(43)}`)),
  'a wrong function key': stranger(() => ({ 'x-functions-key': 'A'.repeat(56) })),
  'an unsigned session of a sign': stranger(({ signs }) => bearer(unsigned(signs.bravo.signId))),
  'the session of a person who was removed': stranger(async (stage) => {
    const { httpUrl } = stage.cloud.ready();
    const { key, personId } = await stage.person({ name: 'Removed', role: 'admin', storeIds: null });
    const { cookie } = await signInWith(httpUrl, key);
    await stage.own('DELETE', API_PATHS.person(personId));
    return { cookie, origin: new URL(httpUrl).origin };
  }),
  'the access key of a person who was removed': stranger(async (stage) => {
    const { key, personId } = await stage.person({ name: 'Removed', role: 'admin', storeIds: null });
    await stage.own('DELETE', API_PATHS.person(personId));
    return bearer(key);
  }),
  'the session of a sign that was revoked': async (stage) => {
    const sign = await revokedSign(stage);
    return caller({ kind: 'stranger' }, bearer(sign.negotiated.session.token), { sign });
  },
  'the hub token of a sign that was revoked': stranger(async (stage) =>
    bearer((await revokedSign(stage)).negotiated.accessToken),
  ),
  'the hub token of a sign': stranger(({ signs }) => bearer(signs.bravo.negotiated.accessToken)),
};

async function revokedSign(stage: IsolationStage) {
  const sign = await stage.freshSign('bravo');
  await stage.own('POST', API_PATHS.revokeSign(sign.signId), {});
  return sign;
}

function forgedPrincipal(): Headers {
  const claims = [
    { typ: 'roles', val: 'admin' },
    { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: 't' },
    { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: 'o' },
  ];
  const principal = Buffer.from(JSON.stringify({ auth_typ: 'aad', claims })).toString('base64');
  return {
    'x-ms-client-principal': principal,
    'x-ms-client-principal-id': 'o',
    'x-ms-client-principal-idp': 'aad',
  };
}

/** A token that names a sign and says that it needs no signature. */
function unsigned(signId: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const inAnHour = Math.floor(Date.now() / 1_000) + 3_600;
  return `${part({ alg: 'none' })}.${part({ sub: signId, aud: 'vitrine-session', exp: inAnHour })}.`;
}
