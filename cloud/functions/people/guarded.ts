import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Role } from '../../contracts/person.ts';
import { refusal } from '../http-answers.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { type Caller, hasRole, maySee } from './caller.ts';
import { callerOf } from './caller-of.ts';

/** The least that opens a route. What belongs to no single store is for those who may see all of them. */
export type Right = Role | `${Role} of all stores`;

type Answer = HttpResponseInit | Promise<HttpResponseInit>;
/** A handler that is told who asks. */
export type MakeForPerson = (
  services: Services,
  say: Say,
) => (request: HttpRequest, context: InvocationContext, caller: Caller) => Answer;

/** Lets a call through to its handler if whoever asks is known, has the right, and may see the store in its route. */
export const guarded =
  (right: Right, make: MakeForPerson) =>
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const known = await callerOf(services, request);
    if (!known.ok) return known.refusal;
    const missing = missingTo(right, known.caller, request.params.storeId);
    if (missing !== undefined) return refusal(403, 'not-allowed', missing);
    return make(services, say)(request, context, known.caller);
  };

function missingTo(right: Right, caller: Caller, storeId: string | undefined): string | undefined {
  const [role, reach] = rightParts(right);
  if (!hasRole(caller, role)) return `this takes a ${role}`;
  if (reach === 'all' && caller.storeIds !== null) return 'this takes somebody who may see all stores';
  if (storeId !== undefined && !maySee(caller, storeId)) return 'this store is not one of yours';
  return undefined;
}

function rightParts(right: Right): readonly [Role, 'own' | 'all'] {
  switch (right) {
    case 'viewer':
    case 'manager':
    case 'admin':
      return [right, 'own'];
    case 'viewer of all stores':
      return ['viewer', 'all'];
    case 'manager of all stores':
      return ['manager', 'all'];
    case 'admin of all stores':
      return ['admin', 'all'];
  }
}
