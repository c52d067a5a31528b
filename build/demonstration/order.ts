import * as z from 'zod';

/** What the simulated sensors are told to do, once, over IPC: keys do not belong on a command line. */
export const orderSchema = z.object({
  httpUrl: z.string(),
  hostKey: z.string(),
  /** The certificate authority of the embedded IoT hub, PEM. */
  ca: z.string(),
  sensors: z.array(z.object({ doorId: z.enum(['street', 'arcade']), connectionString: z.string() })),
});
export type Order = z.infer<typeof orderSchema>;

/** Their answer, once customers come and go. */
export const ordersBegun = { kind: 'begun' } as const;
