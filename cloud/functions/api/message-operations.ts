import { listedMessageSchema, listedMessagesSchema, messageReceiptsSchema } from '../../contracts/message.ts';
import { messageRequestSchema } from '../../contracts/message-request.ts';
import type { Operations } from './operation.ts';

export const MESSAGE_OPERATIONS: Operations = {
  sendMessage: {
    summary: 'Says something to the signs of these groups, or to all. It ends by itself.',
    request: { json: messageRequestSchema },
    answer: { json: listedMessageSchema },
    status: 201,
    problems: ['404 unknown-store-group', '429 too-many-requests'],
  },
  listMessages: {
    summary: 'What was said to signs that the caller may see, the newest first.',
    answer: { json: listedMessagesSchema },
  },
  readMessage: {
    summary: 'One message, the signs that painted it, and those that did not and why.',
    answer: { json: messageReceiptsSchema },
    problems: ['404 unknown-message'],
  },
  endMessage: {
    summary: 'Takes a message back before its time. One that is over stays as it is.',
    answer: { json: listedMessageSchema },
    problems: ['404 unknown-message'],
  },
};
