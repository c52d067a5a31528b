import type { HttpResponseInit } from '@azure/functions';
import {
  type ListedMessage,
  listedMessageSchema,
  listedMessagesSchema,
  type MessageReceipts,
  messageReceiptsSchema,
} from '../../cloud/contracts/message.ts';
import type { MessageRequest } from '../../cloud/contracts/message-request.ts';
import {
  type HeartbeatAnswer,
  heartbeatAnswerSchema,
  type Painted,
} from '../../cloud/contracts/sign-report.ts';
import { ANNA, aHeartbeat, aPicture, type FleetStage, fleetStage } from './fleet-stage.ts';
import { type PeopleApi, peopleApi } from './people-api.ts';
import type { FreshDatabase } from './store-engines.ts';

type Ask = Partial<Omit<MessageRequest, 'storeGroupIds'>> & {
  readonly storeGroupIds: MessageRequest['storeGroupIds'];
};
/** What a person says and reads; who has all stores unless told otherwise. */
export type Speaker = {
  ask(asked: Ask): Promise<HttpResponseInit>;
  sends(asked: Ask): Promise<ListedMessage>;
  end(messageId: string): Promise<HttpResponseInit>;
  list(): Promise<readonly ListedMessage[]>;
  read(messageId: string): Promise<HttpResponseInit>;
  receipts(messageId: string): Promise<MessageReceipts>;
  /** The words about each sign, by its name. */
  whys(messageId: string): Promise<Readonly<Record<string, string>>>;
};

export type MessageStage = FleetStage & {
  readonly api: PeopleApi;
  readonly owner: Speaker;
  /** Somebody of these stores. */
  speaker(storeIds: readonly string[], role?: 'viewer' | 'manager'): Promise<Speaker>;
  /** A sign under this name in a group. */
  placed(letter: string, name: string, storeGroupId: string, board?: 'manager' | 'door'): Promise<PlacedSign>;
};

export type PlacedSign = {
  readonly signId: string;
  /** It reports that these stand on its glass, and hears what is said to it. */
  paints(messages?: readonly string[], difference?: Partial<Painted>): Promise<HeartbeatAnswer>;
};

export async function messageStage(database: FreshDatabase): Promise<MessageStage> {
  const stage = await fleetStage(database);
  const api = peopleApi(stage.services);
  const more = {
    api,
    owner: speakerBy((name, asked) => api.own(name, asked)),
    async speaker(storeIds: readonly string[], role: 'viewer' | 'manager' = 'manager') {
      const { key } = await api.personWith({ name: 'Ben', role, storeIds: [...storeIds] });
      return speakerBy((name, asked) =>
        api.ask(name, { ...asked, headers: { authorization: `Bearer ${key}` } }),
      );
    },
    async placed(letter: string, name: string, storeGroupId: string, board: 'manager' | 'door' = 'manager') {
      const sign = await stage.sign(letter);
      await stage.as(ANNA).describe(sign.signId, { name, settings: { board } });
      await stage.as(ANNA).assignOne(sign.signId, storeGroupId);
      return {
        signId: sign.signId,
        paints: async (messages: readonly string[] = [], difference: Partial<Painted> = {}) => {
          const painted = aPicture({ storeGroupId, board, messages: [...messages], ...difference });
          const { jsonBody } = await sign.heartbeat(aHeartbeat({ painted }));
          return heartbeatAnswerSchema.parse(jsonBody);
        },
      };
    },
  };
  return Object.assign(stage, more);
}

function speakerBy(call: PeopleApi['own']): Speaker {
  const ask: Speaker['ask'] = (asked) =>
    call('sendMessage', { body: { text: 'Till 3 closes', forMinutes: 30, ...asked } });
  const of = (messageId: string) => ({ params: { messageId } });
  const receipts: Speaker['receipts'] = async (messageId) =>
    messageReceiptsSchema.parse((await call('readMessage', of(messageId))).jsonBody);
  return {
    ask,
    sends: async (asked) => listedMessageSchema.parse((await ask(asked)).jsonBody),
    end: (messageId) => call('endMessage', of(messageId)),
    list: async () => listedMessagesSchema.parse((await call('listMessages')).jsonBody).messages,
    read: (messageId) => call('readMessage', of(messageId)),
    receipts,
    whys: async (messageId) =>
      Object.fromEntries((await receipts(messageId)).signs.map(({ name, why }) => [name, why])),
  };
}
