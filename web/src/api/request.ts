import { ApiError } from "./errors";

const TIMEOUT_MS = 30_000;

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Sends one request to our own server and reads its JSON; every failure is an `ApiError`. */
export type Request = <T>(method: Method, path: string, body?: unknown) => Promise<T>;

/** `onBytes` is told the size of every answer. */
export function createRequest(cache: RequestCache, onBytes: (bytes: number) => void): Request {
  return async <T>(method: Method, path: string, body?: unknown) => {
    const init: RequestInit = { method, cache, signal: AbortSignal.timeout(TIMEOUT_MS) };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { "content-type": "application/json" };
    }
    const response = await fetch(path, init).catch(() => {
      throw new ApiError("The Agent Tracer server did not answer.", 0, "unreachable");
    });
    const bytes = await response.arrayBuffer().catch(() => null);
    onBytes(bytes?.byteLength ?? 0);
    const answer = parse(bytes);
    if (response.ok && answer !== null) return answer as T;
    throw failure(response.status, answer);
  };
}

function parse(bytes: ArrayBuffer | null): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function failure(status: number, answer: unknown): ApiError {
  const { error, code } = (answer ?? {}) as { error?: unknown; code?: unknown };
  return new ApiError(
    typeof error === "string" ? error : `The server answered with status ${status}.`,
    status,
    typeof code === "string" ? code : "unknown",
  );
}
