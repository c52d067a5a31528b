import type { CommandLine as ElectronCommandLine } from 'electron';

type Offered = 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch';

const NO_SANDBOX = 'no-sandbox';

/** Switches for Chromium. What is appended before `ready` reaches it. */
export class CommandLine implements Pick<ElectronCommandLine, Offered> {
  readonly #switches = new Map<string, string>();
  readonly #appended = new Set<string>();

  /** `argv` holds what the app was started with. */
  constructor(argv: readonly string[]) {
    for (const argument of argv) {
      const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name, value ?? '');
    }
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name, value);
    this.#appended.add(name);
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name);
    this.#appended.delete(name);
  }

  /**
   * What Chromium is given: what was appended. Of what stood on the command line it gets one thing, since the rest is
   * between the stand-in and Playwright.
   */
  forChromium(): readonly string[] {
    const names = this.hasSwitch(NO_SANDBOX) ? [...this.#appended, NO_SANDBOX] : [...this.#appended];
    return names.map((name) => {
      const value = this.getSwitchValue(name);
      return value === '' ? `--${name}` : `--${name}=${value}`;
    });
  }
}
