import { refusal } from '../http-answers.ts';
import { type Caller, hasRole } from '../people/caller.ts';

/** A table speaks of all stores. */
export const mayTransfer = (caller: Caller): boolean => hasRole(caller, 'admin') && caller.storeIds === null;

export const NOT_ALLOWED = refusal(403, 'not-allowed', 'this takes an admin of all stores');
