/** The shapes that cross between a Functions host and the library; the subset of `@azure/functions-core` that is used here. */
export type RpcTypedData = {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
  readonly http?: RpcHttpRequest | RpcHttpResponse | null;
  readonly collectionBytes?: { readonly bytes: readonly Uint8Array[] } | null;
  readonly collectionString?: { readonly string: readonly string[] } | null;
  readonly collectionSint64?: { readonly sint64: readonly number[] } | null;
};

type NullableStrings = Readonly<Record<string, { readonly value: string }>>;

export type RpcHttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly nullableHeaders: NullableStrings;
  readonly nullableParams: NullableStrings;
  readonly nullableQuery: NullableStrings;
  readonly body: { readonly bytes: Uint8Array };
};

export type RpcHttpCookie = {
  readonly name: string;
  readonly value: string;
  readonly domain?: { readonly value: string } | undefined;
  readonly path?: { readonly value: string } | undefined;
  readonly expires?: { readonly value: { readonly seconds: number } } | undefined;
  readonly secure?: { readonly value: boolean } | undefined;
  readonly httpOnly?: { readonly value: boolean } | undefined;
  /** `none` leaves the attribute out; `explicitNone` is `SameSite=None`. */
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value: number } | undefined;
};

export type RpcHttpResponse = {
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly RpcHttpCookie[];
  readonly body?: RpcTypedData | null;
};

export type RpcParameter = { readonly name: string; readonly data: RpcTypedData };

export type RpcRetryContext = {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception?: { readonly message: string };
};

export type RpcInvocationRequest = {
  readonly inputData: readonly RpcParameter[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly retryContext?: RpcRetryContext | undefined;
};

export type RpcInvocationResponse = {
  readonly outputData?: readonly RpcParameter[] | null;
  readonly returnValue?: RpcTypedData | null;
};
