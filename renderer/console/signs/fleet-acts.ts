import {
  type AssignRequest,
  type BulkAnswer,
  bulkAnswerSchema,
  type SignDescription,
} from '../../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type Paired,
  type PairingClaim,
  type PairingLook,
  pairedSchema,
  pairingLookSchema,
} from '../../../cloud/contracts/pairing.ts';
import type { CommandKind } from '../../../cloud/contracts/sign-report.ts';
import { anyAnswer, ask } from '../api/ask.ts';

export const sendCommand = (signIds: readonly string[], kind: CommandKind): Promise<BulkAnswer> =>
  ask(bulkAnswerSchema, API_PATHS.fleetCommands, { method: 'POST', body: { signIds, kind } });

export const assignSigns = (body: AssignRequest): Promise<BulkAnswer> =>
  ask(bulkAnswerSchema, API_PATHS.fleetAssign, { method: 'POST', body });

export const describeSign = (signId: string, body: SignDescription): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.fleetSign(signId), { method: 'PUT', body });

export const revokeSign = (signId: string): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.revokeSign(signId), { method: 'POST', body: {} });

export const lookAtCode = (code: string): Promise<PairingLook> =>
  ask(pairingLookSchema, API_PATHS.pairingLook, { method: 'POST', body: { code } });

export const claimCode = (body: PairingClaim): Promise<Paired> =>
  ask(pairedSchema, API_PATHS.pairingClaim, { method: 'POST', body });
