// The HTTP client of all pages: JSON in and out, RFC 9457 problems and lost networks as errors of their own.
import { abortOn } from "./abort";

export interface FieldError {
  field: string;
  detail: string;
}

/** An answer of the service that says no; `detail` is a sentence that may be shown as it stands. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
    readonly retryAfterSeconds: number | null = null,
    /** The whole answer, for what one kind of problem says beside the sentence. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail || title);
    this.name = "Problem";
  }

  errorFor(field: string): string | null {
    return this.errors.find((error) => error.field === field)?.detail ?? null;
  }
}

/** No answer at all: the network is away, or the service did not answer in time. */
export class NetworkError extends Error {
  constructor(cause?: unknown) {
    super("network", { cause });
    this.name = "NetworkError";
  }
}

export interface RequestOptions {
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

export interface ApiClient {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T>(path: string, options?: RequestOptions): Promise<T>;
  put<T>(path: string, options?: RequestOptions): Promise<T>;
  delete<T>(path: string, options?: RequestOptions): Promise<T>;
  blob(path: string, options?: RequestOptions): Promise<Blob>;
  /** For a file that is made on demand, and must not be asked for by an address alone. */
  postForBlob(path: string, options?: RequestOptions): Promise<Blob>;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** Reads a problem from an error answer; anything that is not a problem document becomes one without a detail. */
export function problemFrom(status: number, text: string, retryAfter: string | null = null): Problem {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's HTML page, for example: the status says enough.
  }
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  return new Problem(
    status,
    String(body.type ?? "about:blank"),
    String(body.title ?? ""),
    String(body.detail ?? ""),
    fieldErrors(body.errors),
    Number.isNaN(seconds) ? null : seconds,
    body,
  );
}

function fieldErrors(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: Record<string, unknown>) =>
    error && typeof error.field === "string" ? [{ field: error.field, detail: String(error.detail ?? "") }] : [],
  );
}

export function createClient(base: string, headers: () => Record<string, string>): ApiClient {
  async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const sent: Record<string, string> = { Accept: "application/json", ...headers() };
    if (options.body !== undefined) sent["Content-Type"] = "application/json";
    if (options.idempotencyKey) sent["Idempotency-Key"] = options.idempotencyKey;
    const deadline = abortOn([options.signal], options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(base + path, {
        method,
        headers: sent,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: deadline.signal,
        credentials: "same-origin",
        cache: "no-store",
      });
    } catch (cause) {
      if (options.signal?.aborted) throw new DOMException("cancelled", "AbortError");
      throw new NetworkError(cause);
    } finally {
      deadline.release();
    }
    if (!response.ok) throw problemFrom(response.status, await response.text(), response.headers.get("Retry-After"));
    return response;
  }

  async function json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    const response = await send(method, path, options);
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (cause) {
      throw new NetworkError(cause);
    }
  }

  return {
    get: (path, options) => json("GET", path, options),
    post: (path, options) => json("POST", path, options),
    put: (path, options) => json("PUT", path, options),
    delete: (path, options) => json("DELETE", path, options),
    blob: async (path, options) => (await send("GET", path, options)).blob(),
    postForBlob: async (path, options) => (await send("POST", path, options)).blob(),
  };
}
