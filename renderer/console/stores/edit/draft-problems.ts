import {
  type StoreDescriptionInput,
  storeDescriptionSchema,
} from '../../../../cloud/contracts/store-description.ts';

/** What is wrong, by the path of its field: `doors.0.name`. */
export type Problems = ReadonlyMap<string, string>;
export const NO_PROBLEMS: Problems = new Map();

/** What the cloud would refuse, told before it is asked. The first one at each field. */
export function problemsOf(description: StoreDescriptionInput): Problems {
  const parsed = storeDescriptionSchema.safeParse(description);
  if (parsed.success) return NO_PROBLEMS;
  const problems = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const field = path.map(String).join('.');
    if (!problems.has(field)) problems.set(field, fieldWords(field, message));
  }
  return problems;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^name$/, 'Give the store a name of at most 80 letters.'],
  [/^(doors|zones)\.\d+\.name$/, 'Give it a name of at most 80 letters.'],
  [/^(doors|zones)\.\d+\.sensors\.\d+\.id$/, 'Letters, digits, . _ and - only, at most 128 of them.'],
  [/^(doors|zones)\.\d+\.sensors\.\d+\.line$/, 'The line as the sensor names it.'],
  [/limits\.soft$/, 'A whole number, the limit or below it.'],
  [/limits\.hard$/, 'A whole number of at least 1.'],
  [/^limits\.softDown$/, 'At most where nearly full begins.'],
  [/^limits\.hardDown$/, 'At most the limit.'],
  [/^limits\.(staff|margin)$/, 'A whole number of at most 10,000.'],
  [/^limits\.(up|down)AfterSeconds$/, 'A whole number of at most 600.'],
  [/^liveForSeconds$/, 'A whole number from 10 to 3,600.'],
  [/^dailyReset\.at$/, 'A time of day such as 05:00.'],
  [/^dailyReset\.to$/, 'A whole number, 0 or more.'],
  [/^signDarkAlarmMinutes$/, 'A whole number from 1 to 1,440.'],
  [/peoplePerSecond$/, 'A whole number from 1 to 50.'],
  [/^hours\..*(opens|closes)$/, 'A time of day such as 09:30.'],
  [/^hours\.dates\.\d+\.date$/, 'Choose a date.'],
  [/^storeGroups$/, 'A store is in 1 to 16 groups.'],
  [/^storeGroups\.\d+$/, 'Small letters, digits and - only.'],
];

/** Words of the cloud stay as they are where these here say nothing better. */
export function fieldWords(field: string, message: string): string {
  const known = WORDS.find(([pattern]) => pattern.test(field))?.[1];
  if (known !== undefined) return known;
  const said = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return said.replace(/^expected /, 'It takes ');
}
