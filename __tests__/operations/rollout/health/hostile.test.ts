import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Cluster } from "../../../../fleet/model/cluster";
import type { HealthCheck } from "../../../../fleet/model/rollouts";
import { selfSigned } from "../../../../offline/wire/certificate";
import { healthy, type Tools } from "../../../../operations/rollout/health/check";
import { runChecks } from "../../../../operations/rollout/health/run-checks";
import { clusterOf } from "../../../support/cluster";

const cluster: Cluster = clusterOf();
// A check looks again until its time is over. The time of a look is real, and nobody waits for the next one: each check looks twice.
let slept = 0;
const TOOLS: Tools = {
  now: () => performance.now() + slept,
  sleep: async (milliseconds) => {
    slept += 9 * milliseconds;
  },
  environment: {},
  stacks: async () => healthy("empty"),
};

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a server, and returns its address. */
async function serve(listener: RequestListener, tls = false): Promise<string> {
  const { key, pem } = selfSigned();
  const server: Server = tls ? createTlsServer({ key, cert: pem }, listener) : createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Returns what a check sees, and the seconds that it took. */
async function look(url: string, keys: Partial<HealthCheck> = {}): Promise<readonly [seen: string, seconds: number]> {
  const check = { check: "url", url, timeout: "0.3s", ...keys } as HealthCheck;
  const { checks } = await runChecks(cluster, [["it", check]], TOOLS);
  return [`${checks[0]?.health}: ${checks[0]?.seen}`, checks[0]?.seconds ?? 0];
}

const TOO_LARGE = "inconclusive: the answer is larger than 4 MiB";
const TOO_LATE = "inconclusive: no answer within 0.3s";
const MEBIBYTE = Buffer.alloc(1024 * 1024, "x");
const PACKED = gzipSync(Buffer.alloc(64 * 1024 * 1024));

test.each<[string, RequestListener, string]>([
  [
    "a body without an end",
    (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(MEBIBYTE)) {}
        response.once("drain", more);
      };
      more();
    },
    TOO_LARGE,
  ],
  [
    "a body that is large after it is unpacked",
    (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(PACKED),
    TOO_LARGE,
  ],
  [
    "a body of a byte now and then",
    (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    },
    TOO_LATE,
  ],
  [
    "headers of a line now and then",
    (_, { socket }) => {
      socket?.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket?.write("x-slow: y\r\n"), 20);
      socket?.on("close", () => clearInterval(timer));
    },
    TOO_LATE,
  ],
  [
    "something that is no HTTP",
    (_, { socket }) => void socket?.end("SSH-2.0-OpenSSH_9.6\r\n"),
    "inconclusive: fetch failed: Response does not match the HTTP/1.1 protocol (Expected HTTP/)",
  ],
  [
    "a redirect to a file",
    (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    "unhealthy: HTTP 302, expected 200 to 299",
  ],
  [
    "a redirect to a cloud's metadata",
    (_, response) => response.writeHead(307, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
    "unhealthy: HTTP 307, expected 200 to 299",
  ],
])("a server that answers with %s ends in time", async (_, listener, seen) => {
  const [found, seconds] = await look(await serve(listener), { timeout: seen === TOO_LATE ? "0.3s" : "2s" });

  expect(found).toBe(seen);
  expect(seconds).toBeLessThan(20);
});

test("a certificate that nobody vouches for is inconclusive", async () => {
  const [seen] = await look(await serve((_, response) => response.end("up"), true), { timeout: "2s" });

  expect(seen).toBe("inconclusive: fetch failed: self-signed certificate");
});

const alerts = (body: string, keys: Partial<HealthCheck> = {}): Promise<readonly [string, number]> =>
  serve((_, response) => response.end(body)).then((url) => look(url, { check: "alerts", timeout: "2s", ...keys }));

test("what a server says is recorded as one short line, without secrets and control characters", async () => {
  const names = Array.from({ length: 500 }, (_, index) => ({
    labels: { alertname: `\u001b[2J\n${"x".repeat(99)}${index} password=hunter2abc`, severity: "critical" },
  }));
  const [seen] = await alerts(JSON.stringify(names));

  expect(seen).toMatch(/^unhealthy: alerts fire: /);
  expect(seen.length).toBeLessThan(320);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(seen).not.toMatch(/[\u0000-\u001f]|hunter2/);
});

test.each([
  ["nested too deeply", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
  ["of another shape", '[{"labels":{"alertname":7}}]'],
  ["cut off", '[{"labels":{"alertname":"x"'],
])("JSON that is %s is inconclusive", async (_, body) => {
  const [seen] = await alerts(body);

  expect(seen).toBe("inconclusive: the answer is no list of alerts of Alertmanager");
});
