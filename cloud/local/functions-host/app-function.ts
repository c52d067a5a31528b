import * as z from 'zod';
import { HostError } from '../host-error.ts';
import { checkExpression, settingOf, withSettings } from './binding-expression.ts';
import type { FunctionCallback, FunctionMetadata, Registration } from './core-api.ts';
import { type RetryPolicy, retryPolicyFrom } from './retry-policy.ts';

type Settings = Readonly<Record<string, string | undefined>>;

const SIGNALR_CONNECTION = 'AzureSignalRConnectionString';

const triggerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('httpTrigger'),
    name: z.string(),
    route: z.string().optional(),
    methods: z.array(z.string().toUpperCase()).min(1).default(['GET', 'POST']),
    authLevel: z.enum(['anonymous', 'function', 'admin']).default('anonymous'),
  }),
  z.object({
    type: z.literal('eventHubTrigger'),
    name: z.string(),
    connection: z.string(),
    eventHubName: z.string(),
    consumerGroup: z.string().default('$Default'),
    cardinality: z.literal('many').default('many'),
    dataType: z.enum(['binary', 'string', 'undefined']).default('undefined'),
  }),
  z.object({
    type: z.literal('timerTrigger'),
    name: z.string(),
    schedule: z.string(),
    runOnStartup: z.boolean().default(false),
    useMonitor: z.boolean().default(true),
  }),
  z.object({
    type: z.literal('signalRTrigger'),
    name: z.string(),
    hubName: z.string(),
    category: z.literal('connections'),
    event: z.enum(['connected', 'disconnected']),
    connectionStringSetting: z.string().default(SIGNALR_CONNECTION),
  }),
]);

const inputSchema = z.object({
  type: z.literal('signalRConnectionInfo'),
  name: z.string(),
  hubName: z.string(),
  userId: z.string().optional(),
  connectionStringSetting: z.string().default(SIGNALR_CONNECTION),
});

const signalROutputSchema = z.object({
  type: z.literal('signalR'),
  name: z.string(),
  hubName: z.string(),
  connectionStringSetting: z.string().default(SIGNALR_CONNECTION),
});
const outputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('http'), name: z.string() }),
  signalROutputSchema,
]);

export type Trigger = z.infer<typeof triggerSchema>;
export type TriggerOf<Type extends Trigger['type']> = Extract<Trigger, { type: Type }>;
export type ConnectionInfoInput = z.infer<typeof inputSchema>;
export type SignalROutput = z.infer<typeof signalROutputSchema>;

/** One registered function, its bindings checked and its `%Settings%` filled in. */
export type AppFunction<Cause extends Trigger = Trigger> = {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  readonly trigger: Cause;
  readonly inputs: readonly ConnectionInfoInput[];
  /** In the order they were declared; the return value is named `$return`. */
  readonly outputs: readonly SignalROutput[];
  readonly retry: RetryPolicy;
};

/** The functions with one kind of trigger. */
export const triggeredBy = <Type extends Trigger['type']>(
  functions: readonly AppFunction[],
  type: Type,
): readonly AppFunction<TriggerOf<Type>>[] =>
  functions.filter((fn): fn is AppFunction<TriggerOf<Type>> => fn.trigger.type === type);

/** Throws a HostError ERR_BINDING for what this host cannot do, ERR_SETTING_MISSING for what it would need. */
export function appFunctionFrom({ metadata, callback }: Registration, settings: Settings): AppFunction {
  const say = (text: string) => `function "${metadata.name}": ${text}`;
  const parse = <Output>(schema: z.ZodType<Output>, binding: unknown): Output => {
    const parsed = schema.safeParse(binding);
    if (parsed.success) return filled(parsed.data, settings, say);
    throw new HostError('ERR_BINDING', say(z.prettifyError(parsed.error)), { cause: parsed.error });
  };

  // The key is the name; for the return value only the key says `$return`.
  const bindings = Object.entries(metadata.bindings).map(([name, binding]) => ({
    ...(binding as { type: string; direction: string }),
    name,
  }));
  const isTrigger = ({ type }: { type: string }) => /trigger$/i.test(type);
  const outputs = bindings.filter((binding) => binding.direction === 'out');
  const inputs = bindings.filter((binding) => binding.direction === 'in' && !isTrigger(binding));
  const fn = {
    name: metadata.name,
    metadata,
    callback,
    trigger: parse(triggerSchema, bindings.find(isTrigger)),
    inputs: inputs.map((binding) => parse(inputSchema, binding)),
    outputs: outputs
      .map((binding) => parse(outputSchema, binding))
      .filter((output) => output.type === 'signalR'),
    retry: retryPolicyFrom(metadata.retryOptions),
  };
  for (const { userId } of fn.inputs) if (userId !== undefined) checkExpression(userId);
  return fn;
}

/** Every text of a binding may hold `%Setting%`; `connection` and `connectionStringSetting` name one that must be there. */
function filled<Binding>(binding: Binding, settings: Settings, say: (text: string) => string): Binding {
  try {
    const entries = Object.entries(binding as object).map(([key, value]) => {
      if (typeof value !== 'string') return [key, value];
      if (key === 'connection' || key === 'connectionStringSetting') settingOf(value, settings);
      return [key, withSettings(value, settings)];
    });
    return Object.fromEntries(entries) as Binding;
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    throw new HostError(cause.code, say(cause.message), { cause });
  }
}
