import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';
import { type Role, roleSchema } from '../../contracts/person.ts';
import type { Transaction } from '../../store/port.ts';
import type { Services } from '../services.ts';
import { type Caller, hasRole } from './caller.ts';

const PRINCIPAL_HEADER = 'x-ms-client-principal';
const TENANT_CLAIMS = ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'];
const OBJECT_CLAIMS = ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'];
const ROLE_CLAIMS = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];
/** As long as a name may be that answers an alert. */
const MAX_NAME_LENGTH = 40;

const principalSchema = z.object({
  auth_typ: z.literal('aad'),
  claims: z.array(z.object({ typ: z.string(), val: z.string() })),
});
type Claims = z.infer<typeof principalSchema>['claims'];

/** The object id of Entra ID is a person's id here. */
export const personIdOfObject = (objectId: string): string => `p-${objectId.toLowerCase()}`;

/** Ids that are made here are shorter than any object id. */
export const isOfEntra = ({ personId }: { readonly personId: string }): boolean =>
  z.guid().safeParse(personId.slice('p-'.length)).success;

export const isEntraOn = ({ WEBSITE_AUTH_ENABLED, EntraTenantId }: Services['settings']): boolean =>
  WEBSITE_AUTH_ENABLED === 'True' && EntraTenantId !== undefined;

/** Until somebody of Entra ID is on record here, an admin of Entra ID needs no record: someone has to be the first. */
export const isOpenToFirstAdmin = async (tx: Transaction): Promise<boolean> =>
  !(await tx.people.people()).some(isOfEntra);

/**
 * Whom App Service authentication has signed in. Its header is not signed: it is believed only where the platform says
 * that it is on, for it then takes away whatever a caller wrote there, and only of the tenant that is ours.
 */
export async function appServiceCaller(
  { store, settings }: Pick<Services, 'store' | 'settings'>,
  request: HttpRequest,
): Promise<Caller | 'no-role' | undefined> {
  const tenant = settings.EntraTenantId?.toLowerCase();
  if (!isEntraOn(settings) || tenant === undefined) return undefined;
  const claims = claimsIn(request.headers.get(PRINCIPAL_HEADER));
  const objectId = z.guid().safeParse(claimOf(claims, OBJECT_CLAIMS));
  if (!objectId.success || claimOf(claims, TENANT_CLAIMS)?.toLowerCase() !== tenant) return undefined;
  const entraRole = highestRole(claims);
  if (entraRole === undefined) return 'no-role';
  const personId = personIdOfObject(objectId.data);
  const { known, isOpen } = await store.look(async (tx) => ({
    known: await tx.people.person(personId),
    isOpen: await isOpenToFirstAdmin(tx),
  }));
  const nameGiven = claimOf(claims, ['name', 'preferred_username']) ?? personId;
  if (known === undefined) {
    if (entraRole !== 'admin' || !isOpen) return 'no-role';
    return { personId, name: nameGiven.slice(0, MAX_NAME_LENGTH), role: entraRole, storeIds: null };
  }
  const { name, role: ownRole, storeIds } = known;
  // What both allow: Entra or an admin here may each take rights away alone.
  const role = hasRole({ role: entraRole }, ownRole) ? ownRole : entraRole;
  return { personId, name: name.slice(0, MAX_NAME_LENGTH), role, storeIds };
}

function claimsIn(header: string | null): Claims {
  if (header === null) return [];
  try {
    const text = Buffer.from(header, 'base64').toString('utf8');
    return principalSchema.parse(JSON.parse(text)).claims;
  } catch {
    return [];
  }
}

const claimOf = (claims: Claims, types: readonly string[]): string | undefined =>
  claims.find(({ typ }) => types.includes(typ))?.val;

function highestRole(claims: Claims): Role | undefined {
  const roles = claims
    .filter(({ typ }) => ROLE_CLAIMS.includes(typ))
    .flatMap(({ val }) => roleSchema.safeParse(val).data ?? []);
  return roles.toSorted((one, other) => (hasRole({ role: one }, other) ? -1 : 1))[0];
}
