import { mkdtempSync, rmSync } from "node:fs";
import type { Http2Server, ServerHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The longest path a unix socket may have on Linux is 107 bytes; macOS allows a few less. */
const MAX_SOCKET_PATH = 103;
const LONGEST_NAME = "/kubernetes.sock";

/** A new directory whose path is short enough for sockets. */
export function socketDirectory(parent = tmpdir()): string {
  const fits = Buffer.byteLength(parent) + "/tfo-XXXXXX".length + LONGEST_NAME.length <= MAX_SOCKET_PATH;
  return mkdtempSync(join(fits ? parent : "/tmp", "tfo-"));
}

/** Starts to listen; resolves when connections are accepted. */
export function listen(server: Http2Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve());
  });
}

/** Remembers the sessions of a server, so that closing it need not wait for clients to go. */
export function closer(server: Http2Server): () => Promise<void> {
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const session of sessions) session.destroy();
    });
}

/** Removes a directory of sockets. */
export function removeSockets(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
