import * as z from 'zod/mini';

/** How a sensor speaks. `auto`: by what its messages look like. */
export const sensorModelSchema = z.enum(
  [
    'auto',
    'vitrine',
    'axis',
    'xovis',
    'hikvision',
    'dahua',
    'milesight',
    'terabee',
    'vivotek',
    'azure-spatial-analysis',
  ],
  'expected auto, vitrine, axis, xovis, hikvision, dahua, milesight, terabee, vivotek or azure-spatial-analysis',
);
export type SensorModel = z.infer<typeof sensorModelSchema>;
