import { mkdtempSync, rmSync } from "node:fs";
import type { Http2Server, ServerHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Maximum length of a unix socket's path: 107 bytes on Linux, a few bytes less on macOS. */
const MAX_SOCKET_PATH = 103;
const LONGEST_NAME = "/kubernetes.sock";

/** Creates a directory with a path that is short enough for sockets. */
export function socketDirectory(parent = tmpdir()): string {
  const fits = Buffer.byteLength(parent) + "/tfo-XXXXXX".length + LONGEST_NAME.length <= MAX_SOCKET_PATH;
  return mkdtempSync(join(fits ? parent : "/tmp", "tfo-"));
}

/** Starts to listen; resolves when the server accepts connections. */
export function listen(server: Http2Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve());
  });
}

/** Tracks the sessions of a server, so that closing it does not wait for its clients. */
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
