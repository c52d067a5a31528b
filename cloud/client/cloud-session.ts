import { CloudError } from './cloud-error.ts';
import type { SignedIn } from './sign-in.ts';

/** One session for all that a sign asks; several that find it expired renew it once. */
export class CloudSession {
  readonly #signIn: () => Promise<SignedIn>;
  #token: string | undefined;
  #signingIn: Promise<SignedIn> | undefined;

  constructor(signIn: () => Promise<SignedIn>) {
    this.#signIn = signIn;
  }

  /** Anew; it also renews the groups of the sign. @throws CloudError */
  signIn(): Promise<SignedIn> {
    this.#signingIn ??= this.#signInOnce().finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  /** Calls with the session's token, and once more with a new one where it has expired. @throws CloudError */
  async ask<T>(call: (token: string) => Promise<T>): Promise<T> {
    const token = this.#token ?? (await this.#freshToken());
    try {
      return await call(token);
    } catch (error) {
      if (!(error instanceof CloudError) || error.code !== 'session-expired') throw error;
      const renewed = this.#token === token ? undefined : this.#token;
      return call(renewed ?? (await this.#freshToken()));
    }
  }

  async #freshToken(): Promise<string> {
    return (await this.signIn()).negotiated.session.token;
  }

  async #signInOnce(): Promise<SignedIn> {
    const signedIn = await this.#signIn();
    this.#token = signedIn.negotiated.session.token;
    return signedIn;
  }
}
