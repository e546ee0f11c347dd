import { valueAt } from "../../language/plain-map";
import { RegistryError } from "./chart-registry";

/** Limits of requests to registries. */
export interface HttpLimits {
  /** Timeout of one request with its response, in milliseconds. */
  readonly timeout: number;
  /** Maximum size of a response in bytes. */
  readonly mostBytes: number;
  /** Maximum delay in milliseconds that a registry may request before a retry. */
  readonly longestWait: number;
  /** Requests at a time. */
  readonly parallel: number;
}

export const HTTP_LIMITS: HttpLimits = { timeout: 15_000, mostBytes: 64 * 1024 ** 2, longestWait: 5_000, parallel: 4 };

/** A response with its body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Address after redirections. */
  readonly url: string;
}

/** Hosts that are tried before the network itself is considered missing. */
const MOST_LOST = 4;

/** Number of retries after 429 or a server error. */
const RETRIES = 2;

/** Sends requests to registries, a few at a time. */
export class Http {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Hosts that could not be reached: each is waited for once. */
  private readonly lost = new Map<string, RegistryError>();
  private reached = false;

  constructor(private readonly limits: HttpLimits = HTTP_LIMITS) {}

  /**
   * Returns the response of an address with any status. Requests to a busy server are repeated.
   *
   * @throws RegistryError if the server cannot be reached, or answers too slowly or too much
   */
  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    await this.slot();
    try {
      for (let left = RETRIES; ; left -= 1) {
        const answer = await this.once(url, headers);
        const isBusy = answer.status === 429 || answer.status >= 500;
        if (!isBusy || left === 0) return answer;
        await new Promise((resolve) => setTimeout(resolve, this.waitFor(answer)));
      }
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async once(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const host = hostOf(url);
    const [anyLost] = this.lost.values();
    const lost = this.lost.get(host) ?? (!this.reached && this.lost.size >= MOST_LOST ? anyLost : undefined);
    if (lost !== undefined) throw lost;
    const signal = AbortSignal.timeout(this.limits.timeout);
    try {
      const response = await fetch(url, { headers, signal });
      this.reached = true;
      const text = await this.bodyOf(response, url);
      return { status: response.status, headers: response.headers, text, url: response.url };
    } catch (error) {
      if (error instanceof RegistryError) throw error;
      const reason = signal.aborted ? `did not answer within ${this.limits.timeout / 1000} s` : reasonOf(error);
      const failure = new RegistryError("unreachable", `${host} ${reason}`, { cause: error });
      this.lost.set(host, failure);
      throw failure;
    }
  }

  private async bodyOf(response: Response, url: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > this.limits.mostBytes)
        throw new RegistryError("unreadable", `${url} is larger than ${this.limits.mostBytes / 1024 ** 2} MiB`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  private waitFor({ headers }: Answer): number {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    return Math.min(Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 500, this.limits.longestWait);
  }

  private async slot(): Promise<void> {
    while (this.running >= this.limits.parallel) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
  }
}

function reasonOf(error: unknown): string {
  const code = valueAt(error, "cause", "code");
  return `cannot be reached${typeof code === "string" ? ` (${code})` : ""}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Returns the text of a response with status 200. */
export function textOf(answer: Answer, what: string): string {
  const { status, text, url } = answer;
  if (status === 200) return text;
  if (status === 404) throw new RegistryError("refused", `${url} does not exist (404): ${what}`);
  if (status === 429) throw new RegistryError("refused", `${hostOf(url)} limits requests (429). Try again later`);
  throw new RegistryError("refused", `${url} answered with status ${status}`);
}
