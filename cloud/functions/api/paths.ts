import { idSchema, sensorIdSchema, signIdSchema } from '../../contracts/identifiers.ts';
import { personIdSchema } from '../../contracts/person.ts';
import { transferKindSchema } from '../../contracts/transfer.ts';
import type { HttpRoute, Schema } from './operation.ts';

/** One address and method of a route; a parameter that may be left out makes two addresses. */
export type Address = {
  readonly path: string;
  readonly method: string;
  readonly parameters: readonly string[];
  readonly operationId: string;
};

const PREFIX = '/api/';
const PARAMETER = /\{(\w+)\}/g;
const OPTIONAL = /\/\{(\w+)\?\}$/;

/** Parameters of paths that are more than text. */
export const PATH_PARAMETERS: Readonly<Record<string, Schema>> = {
  storeId: idSchema,
  storeGroupId: idSchema,
  sensorId: sensorIdSchema,
  signId: signIdSchema,
  personId: personIdSchema,
  kind: transferKindSchema,
};

export function addressesOf({ name, methods, route }: HttpRoute): readonly Address[] {
  const [, optional] = OPTIONAL.exec(route) ?? [];
  const short = { path: PREFIX + route.replace(OPTIONAL, ''), suffix: '' };
  const long = { path: `${short.path}/{${optional}}`, suffix: `With${capitalised(optional ?? '')}` };
  const paths = optional === undefined ? [short] : [short, long];
  return paths.flatMap(({ path, suffix }) =>
    methods.map((method, index) => ({
      path,
      method: method.toLowerCase(),
      parameters: [...path.matchAll(PARAMETER)].map(([, parameter = '']) => parameter),
      operationId: `${name}${suffix}${index === 0 ? '' : `By${capitalised(method.toLowerCase())}`}`,
    })),
  );
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
