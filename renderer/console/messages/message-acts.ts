import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type ListedMessage,
  type ListedMessages,
  listedMessageSchema,
  listedMessagesSchema,
  type MessageReceipts,
  messageReceiptsSchema,
} from '../../../cloud/contracts/message.ts';
import type { MessageRequest } from '../../../cloud/contracts/message-request.ts';
import { ask } from '../api/ask.ts';

/** @throws ApiProblem */
export const readMessages = (): Promise<ListedMessages> => ask(listedMessagesSchema, API_PATHS.messages);

/** @throws ApiProblem */
export const readReceipts = (messageId: string): Promise<MessageReceipts> =>
  ask(messageReceiptsSchema, API_PATHS.message(messageId));

/** @throws ApiProblem */
export const sendMessage = (body: MessageRequest): Promise<ListedMessage> =>
  ask(listedMessageSchema, API_PATHS.messages, { method: 'POST', body });

/** @throws ApiProblem */
export const takeBack = (messageId: string): Promise<ListedMessage> =>
  ask(listedMessageSchema, API_PATHS.message(messageId), { method: 'DELETE' });
