import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::222222222222:user/admin</Arn><UserId>A</UserId><Account>222222222222</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

const S3_HOST = "s3.test";

/** The part of S3 and STS that Terraform's backend calls, over HTTP, with conditional writes. */
export class FakeS3 {
  /** Key -> content. */
  readonly objects = new Map<string, string>();
  /** Method and path of each request, with the header that asks for encryption. */
  readonly requests: { readonly line: string; readonly encryption: string | undefined }[] = [];
  private readonly server: Server;

  /** @param hasBucket whether a bucket exists now */
  constructor(private readonly hasBucket: (name: string) => boolean) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** Variables by which Terraform's backend calls this server and no other. */
  get env(): Readonly<Record<string, string>> {
    return {
      // The bucket is a part of the host's name, which no resolver knows: the server is the proxy that receives every request.
      HTTP_PROXY: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ENDPOINT_URL_S3: `http://${S3_HOST}`,
      AWS_ENDPOINT_URL_STS: "http://sts.test",
      AWS_ENDPOINT_URL_IAM: "http://iam.test",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/");
      const bucket = url.hostname.endsWith(`.${S3_HOST}`) ? url.hostname.slice(0, -S3_HOST.length - 1) : "";
      const key = decodeURIComponent(url.pathname.slice(1));
      const encryption = request.headers["x-amz-server-side-encryption"];
      this.requests.push({ line: `${request.method} ${url.pathname}`, encryption: encryption?.toString() });
      const send = (status: number, body = "", headers: Readonly<Record<string, string>> = {}): void => {
        response
          .writeHead(status, { "Content-Type": "application/xml", ...headers })
          .end(request.method === "HEAD" ? "" : body);
      };
      const refuse = (status: number, code: string): void =>
        send(status, `<Error><Code>${code}</Code><Message>${code}</Message><BucketName>${bucket}</BucketName></Error>`);
      if (bucket === "") return send(200, IDENTITY);
      if (!this.hasBucket(bucket)) return refuse(404, "NoSuchBucket");
      if (key === "") return send(200, this.listing(bucket, url.searchParams.get("prefix") ?? ""));
      const found = this.objects.get(key);
      const etag = (content: string) => ({ ETag: `"${createHash("md5").update(content).digest("hex")}"` });
      switch (request.method) {
        case "PUT":
          if (request.headers["if-none-match"] === "*" && found !== undefined) return refuse(412, "PreconditionFailed");
          this.objects.set(key, contentOf(request, Buffer.concat(chunks)));
          return send(200, "", etag(this.objects.get(key) ?? ""));
        case "DELETE":
          this.objects.delete(key);
          return send(204);
        default:
          if (found === undefined) return refuse(404, "NoSuchKey");
          return send(...part(found, request.headers.range, etag(found)));
      }
    });
  }

  private listing(bucket: string, prefix: string): string {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix));
    const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
    return `<ListBucketResult><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
  }
}

/** Returns status, body and headers of the part that a header asks for: Terraform downloads in parts, until it has all. */
function part(
  content: string,
  range: string | undefined,
  etag: Readonly<Record<string, string>>,
): [number, string, Readonly<Record<string, string>>] {
  const bytes = Buffer.from(content);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (first === undefined) return [200, content, etag];
  const end = Math.min(Number(last), bytes.length - 1);
  return [
    206,
    bytes.subarray(Number(first), end + 1).toString(),
    { ...etag, "Content-Range": `bytes ${first}-${end}/${bytes.length}` },
  ];
}

/** The body without the framing of chunks with signatures or checksums. */
function contentOf(request: IncomingMessage, body: Buffer): string {
  if (!/aws-chunked/.test(request.headers["content-encoding"]?.toString() ?? "")) return body.toString();
  let rest = body;
  const parts: Buffer[] = [];
  for (;;) {
    const end = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.subarray(0, end).toString().split(";")[0] ?? "0", 16);
    if (!(size > 0)) return Buffer.concat(parts).toString();
    parts.push(rest.subarray(end + 2, end + 2 + size));
    rest = rest.subarray(end + 2 + size + 2);
  }
}
