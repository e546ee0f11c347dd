import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Keys in a page of a list: few, so that tests have several pages. */
const PAGE = 7;

/** A fault of a request. */
export type Fault =
  /** It is carried out or not, and answered with an error. */
  | { readonly status: number; readonly code: string; readonly carriedOut?: boolean }
  /** It is not answered at all, or the answer does not end. */
  | "silent"
  | "endless";

/**
 * The part of S3 that records use: PUT with `If-None-Match` and `If-Match`, GET, and ListObjectsV2 with pages. Usual fake servers accept both
 * conditions without looking at them, so that a test with them proves nothing.
 */
export class FakeS3 {
  readonly objects = new Map<string, string>();
  /** Requests so far, such as `PUT records/0000000001.json`. */
  readonly requests: string[] = [];
  /** Faults of the next requests, in their order. */
  readonly faults: Fault[] = [];
  private readonly server: Server;

  constructor(private readonly bucket: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    const [, bucket = "", ...path] = decodeURIComponent(url.pathname).split("/");
    const key = path.join("/");
    const body = await bodyOf(request);
    this.requests.push(`${request.method} ${key || url.searchParams.get("prefix")}`);
    const fault = this.faults.shift();
    if (fault === "silent") return;
    if (fault === "endless") return void response.writeHead(200, { etag: '"x"', "content-length": "9" }).write("{");
    if (fault !== undefined) {
      if (fault.carriedOut) this.objects.set(key, body);
      return error(response, fault.status, fault.code);
    }
    if (bucket !== this.bucket) error(response, 404, "NoSuchBucket");
    else if (request.method === "PUT") this.put(key, body, request, response);
    else if (key === "") this.list(url.searchParams, response);
    else this.get(key, response);
  }

  private get(key: string, response: ServerResponse): void {
    const text = this.objects.get(key);
    if (text === undefined) error(response, 404, "NoSuchKey");
    else response.writeHead(200, { etag: tagOf(text) }).end(text);
  }

  /** Compares and writes in one step: nothing happens between them. */
  private put(key: string, text: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const before = this.objects.get(key);
    const tag = headers["if-match"];
    const isTaken = headers["if-none-match"] === "*" && before !== undefined;
    const isOther = tag !== undefined && before !== undefined && tagOf(before) !== tag;
    if (tag !== undefined && before === undefined) error(response, 404, "NoSuchKey");
    else if (isTaken || isOther) error(response, 412, "PreconditionFailed");
    else {
      this.objects.set(key, text);
      response.writeHead(200, { etag: tagOf(text) }).end();
    }
  }

  private list(query: URLSearchParams, response: ServerResponse): void {
    const prefix = query.get("prefix") ?? "";
    const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, PAGE);
    const more = keys.length > PAGE;
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    response
      .writeHead(200, { "content-type": "application/xml" })
      .end(
        `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${contents}${next}</ListBucketResult>`,
      );
  }
}

function error(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function tagOf(text: string): string {
  return `"${createHash("md5").update(text).digest("hex")}"`;
}

/** Returns the body of a request. The SDK sends checksums in chunks unless it is told not to, which this server does not read. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
