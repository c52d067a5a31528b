import type { InvocationContext } from '@azure/functions';
import type { HubMessage } from './hub-messages.ts';

/** Hands messages to the push service when the function is done. */
export type Say = (context: InvocationContext, messages: readonly HubMessage[]) => void;
