import {
  createSecureServer,
  createServer,
  type Http2Server,
  type Http2Session,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from "node:http2";

/** A unary procedure over encoded messages. The session is the connection, to which the state of a caller belongs. */
export type Unary = (request: Uint8Array, session: Http2Session) => Uint8Array;

/** Handlers of a gRPC server by path. `hold` keeps a stream open without a message, as go-plugin's side channels require. */
export type Methods = ReadonlyMap<string, Unary | "hold">;

const HEADERS = { ":status": 200, "content-type": "application/grpc" };
const STATUS = { unimplemented: 12, internal: 13 } as const;

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  const headers = { ...HEADERS, "grpc-status": String(status), "grpc-message": encodeURIComponent(message) };
  if (!stream.destroyed) stream.respond(headers, { endStream: true });
}

function reply(stream: ServerHttp2Stream, payload: Uint8Array): void {
  if (stream.destroyed) return;
  const frame = Buffer.allocUnsafe(5 + payload.length);
  frame[0] = 0;
  frame.writeUInt32BE(payload.length, 1);
  frame.set(payload, 5);
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(frame);
}

function serve(stream: ServerHttp2Stream, method: Unary): void {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    const body = Buffer.concat(chunks);
    if (body[0] !== 0) return refuse(stream, STATUS.unimplemented, "compressed messages are not understood");
    const { session } = stream;
    if (session === undefined) return;
    try {
      reply(stream, method(body.subarray(5, 5 + body.readUInt32BE(1)), session));
    } catch (error) {
      refuse(stream, STATUS.internal, error instanceof Error ? error.message : String(error));
    }
  });
}

/**
 * Creates a gRPC server of unary procedures on node:http2. A provider's configuration belongs to one connection, because each
 * alias opens its own, and @grpc/grpc-js does not show a handler its connection. It also takes 165 ms to start, this 75 ms.
 */
export function createGrpcServer(methods: Methods, tls?: SecureServerOptions): Http2Server {
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  server.on("stream", (stream, headers) => {
    // A client may disconnect during a call, and an error without a listener would end the process.
    stream.on("error", () => undefined);
    const method = methods.get(String(headers[":path"]));
    if (method === undefined) return refuse(stream, STATUS.unimplemented, "unimplemented");
    if (method === "hold") {
      stream.respond(HEADERS);
      stream.resume();
      stream.on("end", () => stream.end());
      return;
    }
    serve(stream, method);
  });
  server.on("sessionError", () => undefined);
  return server;
}
