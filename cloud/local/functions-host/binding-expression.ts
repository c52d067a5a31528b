import { HostError } from '../host-error.ts';

const SETTING = /%([^%]+)%/g;
const FROM_REQUEST = /\{(headers|query)\.([^{}]+)\}/gi;

/** Puts app settings in the place of `%Name%`. Throws a HostError ERR_SETTING_MISSING that names the setting. */
export function withSettings(text: string, settings: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(SETTING, (_whole, name: string) => settingOf(name, settings));
}

export function settingOf(name: string, settings: Readonly<Record<string, string | undefined>>): string {
  const value = settings[name];
  if (value === undefined) throw new HostError('ERR_SETTING_MISSING', `app setting ${name} is missing`);
  return value;
}

/** What a request offers to binding expressions. Header names in lower case. */
export type RequestValues = {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
};

/** Throws a HostError ERR_BINDING for an expression other than `{headers.x}` and `{query.x}`. */
export function checkExpression(template: string): void {
  const left = template.replaceAll(FROM_REQUEST, '');
  if (/[{}]/.test(left)) {
    throw new HostError(
      'ERR_BINDING',
      `binding expression ${template}: only {headers.x} and {query.x} are supported`,
    );
  }
}

/** The template with the request's values in it; undefined where the request lacks one, or has it empty. */
export function withRequestValues(template: string, request: RequestValues): string | undefined {
  let missing = false;
  const text = template.replaceAll(FROM_REQUEST, (_whole, source: string, name: string) => {
    const value =
      source.toLowerCase() === 'headers' ? request.headers[name.toLowerCase()] : request.query[name];
    if (!value) missing = true;
    return value ?? '';
  });
  return missing ? undefined : text;
}
