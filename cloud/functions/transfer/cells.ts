import * as z from 'zod';
import { idSchema } from '../../contracts/identifiers.ts';

/** How the text of a cell becomes a value. An empty cell is undefined, as if its field were left out. */
export const filledIn = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z
    .string()
    .transform((text) => (text.trim() === '' ? undefined : text.trim()))
    .pipe(z.optional(schema));

/** As it is, blanks too: names are their owner's. */
export const textCell = z.string().transform((text) => (text === '' ? undefined : text));
export const wordCell = filledIn(z.string());
export const keyCell = z.string().trim().pipe(idSchema);
export const idCell = filledIn(z.string().pipe(idSchema));
export const wholeCell = filledIn(
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'expected a whole number')
    .transform(Number),
);
export const numberCell = filledIn(
  z
    .string()
    .regex(/^\d{1,9}([.,]\d{1,6})?$/, 'expected a number such as 2.5')
    .transform((text) => Number(text.replace(',', '.'))),
);
/** Words, since spreadsheets translate true and false. */
export const yesCell = filledIn(
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['yes', 'no', 'true', 'false'], 'expected yes or no'))
    .transform((word) => word === 'yes' || word === 'true'),
);
export const idsCell = filledIn(
  z
    .string()
    .transform((text) => text.split(/\s+/))
    .pipe(z.array(idSchema)),
);
/** As spreadsheets show it: 5:00 and 05:00:00 are 05:00. */
export const resetCell = filledIn(
  z
    .string()
    .toLowerCase()
    .regex(/^(never|\d{1,2}:\d{2}(:00)?)$/, 'expected a time of day such as 05:00, never, or nothing')
    .transform((text) =>
      text === 'never' ? null : text.padStart(text.indexOf(':') === 1 ? text.length + 1 : 0, '0').slice(0, 5),
    ),
);
export const minutesCell = filledIn(
  z
    .string()
    .toLowerCase()
    .regex(/^(never|\d{1,6})$/, 'expected minutes, never, or nothing')
    .transform((text) => (text === 'never' ? null : Number(text))),
);
/** Two times of a day as spreadsheets show them. */
export const displayCell = filledIn(
  z
    .string()
    .toLowerCase()
    .regex(
      /^(always|opening-hours|\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2})$/,
      'expected always, opening-hours, or times such as 07:30-21:00',
    )
    .transform((text) => {
      const [on = '', off] = text.split(/\s*-\s*(?=\d)/).map((time) => time.padStart(5, '0'));
      return off === undefined ? text : { on, off };
    }),
);

/** Ground, ink and accent. */
export const brandCell = filledIn(
  z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}(\s+#[0-9a-f]{6}){2}$/, 'expected three colours such as #101417 #e4e7e8 #f2a900')
    .transform((text) => {
      const [ground = '', ink = '', accent = ''] = text.split(/\s+/);
      return { ground, ink, accent };
    }),
);

export const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
