import type { HttpMethod } from '@azure/functions';
import { acknowledge, listAlerts } from '../alerts.ts';
import { assignment } from '../assignment.ts';
import { correct, listCorrections } from '../corrections.ts';
import { drift } from '../drift.ts';
import { describeSign } from '../fleet/describe-sign.ts';
import { listFleet, readFleetSign } from '../fleet/fleet.ts';
import { fleetAssign } from '../fleet/fleet-assign.ts';
import { fleetCommands } from '../fleet/fleet-commands.ts';
import { pairingClaim } from '../fleet/pairing-claim.ts';
import { pairingLook } from '../fleet/pairing-look.ts';
import { readScreenshot } from '../fleet/read-screenshot.ts';
import { revokeSign } from '../fleet/revoke-sign.ts';
import { history } from '../history.ts';
import { makeIngestKey } from '../ingest-key.ts';
import { endMessage } from '../messages/end-message.ts';
import { listMessages } from '../messages/list-messages.ts';
import { readMessage } from '../messages/read-message.ts';
import { sendMessage } from '../messages/send-message.ts';
import { deleteRejected, listRejected, replayRejected } from '../rejected.ts';
import { listSensors } from '../sensors/list-sensors.ts';
import { makeSensor } from '../sensors/make-sensor.ts';
import { removeSensor } from '../sensors/remove-sensor.ts';
import { renewConnectionString } from '../sensors/renew-connection-string.ts';
import { shelve } from '../shelve.ts';
import { listSigns } from '../signs.ts';
import { keepStoreGroup, readStoreGroup } from '../store-groups.ts';
import { keepStore, readStore } from '../stores.ts';
import { exportTable } from '../transfer/export-table.ts';
import { importTable } from '../transfer/import-table.ts';
import { listAudit } from './audit.ts';
import { changePerson } from './change-person.ts';
import type { MakeForPerson, Right } from './guarded.ts';
import { overview } from './overview.ts';
import { listPeople, makePerson, removePerson } from './people.ts';
import { signOut, whoAmI } from './session.ts';

/** Opens a route to people who have the right. */
type Route = (name: string, right: Right, methods: HttpMethod[], route: string, make: MakeForPerson) => void;

/** What people may call, and who of them. `tells`: the same, where signs or other people hear of it. */
export function peopleRoutes({ asks, tells }: { readonly asks: Route; readonly tells: Route }): void {
  // Stores
  asks('overview', 'viewer', ['GET'], 'overview', overview);
  asks('keepStore', 'admin', ['PUT'], 'stores/{storeId}', keepStore);
  asks('readStore', 'viewer', ['GET'], 'stores/{storeId}', readStore);
  tells('correct', 'manager', ['POST'], 'stores/{storeId}/corrections', correct);
  asks('listCorrections', 'viewer', ['GET'], 'stores/{storeId}/corrections', listCorrections);
  asks('history', 'viewer', ['GET'], 'stores/{storeId}/history', history);
  asks('drift', 'viewer', ['GET'], 'stores/{storeId}/drift', drift);
  asks('listAlerts', 'viewer', ['GET'], 'stores/{storeId}/alerts', listAlerts);
  tells('acknowledge', 'manager', ['POST'], 'stores/{storeId}/alerts/acknowledge', acknowledge);
  tells('shelve', 'manager', ['POST'], 'stores/{storeId}/alerts/shelve', shelve);
  asks('keepStoreGroup', 'admin of all stores', ['PUT'], 'store-groups/{storeGroupId}', keepStoreGroup);
  asks('readStoreGroup', 'viewer', ['GET'], 'store-groups/{storeGroupId}', readStoreGroup);
  asks('listRejected', 'viewer of all stores', ['GET'], 'rejected', listRejected);
  tells('replayRejected', 'manager of all stores', ['POST'], 'rejected/replay', replayRejected);
  asks('deleteRejected', 'manager of all stores', ['DELETE'], 'rejected', deleteRejected);
  asks('makeIngestKey', 'admin', ['POST'], 'sensors/{sensorId}/ingest-key', makeIngestKey);
  asks('listSensors', 'viewer', ['GET'], 'sensors', listSensors);
  asks('makeSensor', 'admin of all stores', ['POST'], 'sensors', makeSensor);
  asks('removeSensor', 'admin of all stores', ['DELETE'], 'sensors/{sensorId}', removeSensor);
  asks(
    'renewConnectionString',
    'admin',
    ['POST'],
    'sensors/{sensorId}/connection-string',
    renewConnectionString,
  );

  // Signs
  asks('pairingLook', 'manager', ['POST'], 'pairing/look', pairingLook);
  tells('pairingClaim', 'manager', ['POST'], 'pairing/claim', pairingClaim);
  asks('listFleet', 'viewer', ['GET'], 'fleet', listFleet);
  asks('readFleetSign', 'viewer', ['GET'], 'fleet/{signId}', readFleetSign);
  asks('readScreenshot', 'viewer', ['GET'], 'fleet/{signId}/screenshot', readScreenshot);
  tells('describeSign', 'manager', ['PUT'], 'fleet/{signId}', describeSign);
  tells('revokeSign', 'manager', ['POST'], 'fleet/{signId}/revoke', revokeSign);
  tells('fleetCommands', 'manager', ['POST'], 'fleet/commands', fleetCommands);
  tells('fleetAssign', 'manager', ['POST'], 'fleet/assign', fleetAssign);
  asks('listSigns', 'viewer of all stores', ['GET'], 'signs', listSigns);
  tells('assignment', 'manager of all stores', ['PUT'], 'signs/{signId}/assignment', assignment);

  // Messages to signs
  tells('sendMessage', 'manager', ['POST'], 'messages', sendMessage);
  asks('listMessages', 'viewer', ['GET'], 'messages', listMessages);
  asks('readMessage', 'viewer', ['GET'], 'messages/{messageId}', readMessage);
  tells('endMessage', 'manager', ['DELETE'], 'messages/{messageId}', endMessage);

  // Tables of stores and signs
  asks('exportTable', 'admin of all stores', ['GET'], 'export/{kind}', exportTable);
  tells('importTable', 'admin of all stores', ['POST'], 'import/{kind}', importTable);

  // People
  asks('whoAmI', 'viewer', ['GET'], 'session', whoAmI);
  asks('signOut', 'viewer', ['DELETE'], 'session', signOut);
  asks('listPeople', 'admin of all stores', ['GET'], 'people', listPeople);
  asks('makePerson', 'admin of all stores', ['POST'], 'people', makePerson);
  asks('changePerson', 'admin of all stores', ['PUT'], 'people/{personId}', changePerson);
  asks('removePerson', 'admin of all stores', ['DELETE'], 'people/{personId}', removePerson);
  asks('listAudit', 'viewer of all stores', ['GET'], 'audit', listAudit);
}
