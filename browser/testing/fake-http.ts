import { vi } from "vitest";

export interface Asked {
  /** After `/api/<side>/`. */
  path: string;
  /** Undefined for a GET. */
  body: unknown;
  authorization: string | null;
  aborted: boolean;
  answers(body: unknown, status?: number): Promise<void>;
  /** The network does not carry it. */
  breaks(): Promise<void>;
}

/** Stands for `fetch`; the test is the server, and answers when it likes. */
export function fakeHttp(): { all: Asked[]; last(path?: string): Asked } {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    let resolve = (_: Response) => {};
    let reject = (_: Error) => {};
    const promise = new Promise<Response>((yes, no) => {
      [resolve, reject] = [yes, no];
    });
    const settled = async (step: () => void) => {
      step();
      await vi.advanceTimersByTimeAsync(0);
    };
    const asked: Asked = {
      path: address.replace(/^.*\/api\/\w+\//, ""),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      authorization: new Headers(init.headers).get("Authorization"),
      aborted: false,
      answers: (body, status = 200) =>
        settled(() =>
          resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status })),
        ),
      breaks: () => settled(() => reject(new TypeError("Failed to fetch"))),
    };
    const abort = () => {
      asked.aborted = true;
      reject(new DOMException("aborted", "AbortError"));
    };
    if (init.signal?.aborted) abort();
    init.signal?.addEventListener("abort", abort);
    all.push(asked);
    return promise;
  });
  return {
    all,
    last(path) {
      const found = all.findLast((asked) => !path || asked.path.startsWith(path));
      if (!found) throw new Error(`nobody asked for ${path}`);
      return found;
    },
  };
}
