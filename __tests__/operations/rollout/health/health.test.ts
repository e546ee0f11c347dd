import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadFleet } from "../../../../fleet/load";
import type { Cluster } from "../../../../fleet/model/cluster";
import type { HealthCheck } from "../../../../fleet/model/rollouts";
import { healthy, type Tools } from "../../../../operations/rollout/health/check";
import { runChecks, worstHealth } from "../../../../operations/rollout/health/run-checks";
import { SAMPLE_FLEET } from "../../../support/sample-fleet";

const [cluster] = loadFleet({
  directory: SAMPLE_FLEET,
  shipped: "definitions",
  today: "2026-11-30",
  select: "shop.acme.example.net",
}).clusters as [Cluster];

const bin = mkdtempSync(join(tmpdir(), "rollout-health-"));
const environment = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, ALERTS_TOKEN: "word" };
let server: Server;
let base = "";
let asked: { readonly url: string; readonly token: string | undefined }[] = [];
/** Path -> status and body; null for no answer at all. */
let answers: Record<string, readonly [number, string] | null> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", token: request.headers.authorization });
    const answer = answers[(request.url ?? "").split("?")[0] ?? ""];
    if (answer === null) return;
    response.writeHead(answer?.[0] ?? 404, { location: "/elsewhere" }).end(answer?.[1] ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(base); // the first one loads what it needs
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(bin, { recursive: true });
});
beforeEach(() => {
  asked = [];
  answers = {};
});

/** Milliseconds of pauses between looks, which the tests do not wait for. */
let paused = 0;
const TOOLS: Tools = {
  now: () => performance.now() + paused,
  sleep: async (milliseconds) => {
    paused += milliseconds;
  },
  environment,
  stacks: async () => healthy("the plans of 4 stacks are empty"),
};

/** Returns what one check sees, such as `unhealthy: HTTP 500, expected 200 to 299`. */
async function seenBy(check: Partial<HealthCheck> & Pick<HealthCheck, "check">): Promise<string> {
  const { checks } = await runChecks(cluster, [["it", { timeout: "10s", ...check } as HealthCheck]], TOOLS);
  return `${checks[0]?.health}: ${checks[0]?.seen}`;
}

/** A kubectl that prints a text, and writes down how it was called. */
function kubectl(output: unknown, code = 0): void {
  const file = join(bin, "kubectl");
  const text = typeof output === "string" ? output : JSON.stringify(output);
  writeFileSync(
    file,
    `#!/bin/sh\necho "$@" > ${bin}/called\ncat <<'X'${code === 0 ? "" : " >&2"}\n${text}\nX\nexit ${code}\n`,
  );
  chmodSync(file, 0o755);
}

const called = (): string => readFileSync(join(bin, "called"), "utf8").trim();

describe("an address", () => {
  test.each<[string, readonly [number, string], Partial<HealthCheck>, string]>([
    ["is healthy with a 2xx", [204, ""], {}, "healthy: HTTP 204"],
    ["is unhealthy with a 500", [500, ""], {}, "unhealthy: HTTP 500, expected 200 to 299"],
    ["is unhealthy with a redirect, which is not followed", [302, ""], {}, "unhealthy: HTTP 302, expected 200 to 299"],
    ["may have another status", [401, ""], { status: 401 }, "healthy: HTTP 401"],
    [
      "must contain a text",
      [200, "up"],
      { contains: "ready" },
      'unhealthy: HTTP 200, but the answer does not contain "ready"',
    ],
  ])("%s", async (_, answer, keys, seen) => {
    answers = { "/shop-acme-example-net": answer };

    expect(await seenBy({ check: "url", url: `${base}/{slug}`, ...keys })).toBe(seen);
  });

  test("that does not answer is inconclusive after the time-out", async () => {
    answers = { "/": null };

    expect(await seenBy({ check: "url", url: `${base}/`, timeout: "0.2s" })).toBe(
      "inconclusive: no answer within 0.2s",
    );
  });

  test("that refuses connections is inconclusive, because the cause is unknown", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.on("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));

    expect(await seenBy({ check: "url", url: `http://127.0.0.1:${port}/` })).toMatch(
      /^inconclusive: fetch failed: .*ECONNREFUSED/,
    );
  });

  test("is called again until it is healthy", async () => {
    answers = { "/": [503, ""] };
    const seen = seenBy({ check: "url", url: `${base}/` });
    server.once("request", () => {
      answers = { "/": [200, ""] };
    });

    expect([await seen, asked.length]).toEqual(["healthy: HTTP 200", 2]);
  });

  test("receives the token of a variable, and no token if the variable is not set", async () => {
    answers = { "/": [200, ""] };

    expect(await seenBy({ check: "url", url: `${base}/`, token_variable: "ALERTS_TOKEN" })).toBe("healthy: HTTP 200");
    expect(asked[0]?.token).toBe("Bearer word");
    asked = [];
    expect(await seenBy({ check: "url", url: `${base}/`, token_variable: "MISSING" })).toBe(
      "inconclusive: MISSING is not set",
    );
    expect(asked).toEqual([]);
  });
});

describe("alerts", () => {
  const alert = (alertname: string, severity: string, labels = {}) => ({ labels: { alertname, severity, ...labels } });
  const alertmanager = (...alerts: unknown[]): void => {
    answers = { "/api/v2/alerts": [200, JSON.stringify(alerts)] };
  };
  const look = (keys: Partial<HealthCheck> = {}): Promise<string> =>
    seenBy({ check: "alerts", url: `${base}/`, ...keys });

  test("that do not fire are healthy, and silenced or inhibited ones are not requested from Alertmanager", async () => {
    alertmanager(alert("Watchdog", "none"));

    expect(await look()).toBe("healthy: no alert of severity critical or warning fires");
    expect(asked[0]?.url).toBe("/api/v2/alerts?active=true&silenced=false&inhibited=false");
  });

  test("that fire are unhealthy, with their names", async () => {
    alertmanager(alert("KubePodCrashLooping", "warning"), alert("NodeDown", "critical"), alert("NodeDown", "critical"));

    expect(await look()).toBe("unhealthy: alerts fire: KubePodCrashLooping (warning), NodeDown (critical)");
    expect(await look({ severities: ["page"] })).toBe("healthy: no alert of severity page fires");
  });

  test("of other clusters do not count", async () => {
    alertmanager(alert("NodeDown", "critical", { cluster: "other" }));

    expect(await look({ labels: { cluster: "{slug}" } })).toMatch(/^healthy/);
  });

  test("are inconclusive if the Watchdog does not fire", async () => {
    alertmanager();

    expect(await look({ heartbeat: "Watchdog" })).toBe(
      "inconclusive: Watchdog does not fire, so that alerts may not be evaluated",
    );
    alertmanager(alert("Watchdog", "critical"));
    expect(await look({ heartbeat: "Watchdog" })).toMatch(/^healthy/);
  });

  test("of Prometheus count if they fire, and not if they are pending", async () => {
    const of = (state: string) =>
      JSON.stringify({ status: "success", data: { alerts: [{ ...alert("Full", "critical"), state }] } });
    answers = { "/api/v1/alerts": [200, of("pending")] };
    expect(await look({ api: "prometheus" })).toMatch(/^healthy/);
    answers = { "/api/v1/alerts": [200, of("firing")] };
    expect(await look({ api: "prometheus" })).toBe("unhealthy: alerts fire: Full (critical)");
  });

  test.each<[readonly [number, string], string]>([
    [[503, "starting"], "inconclusive: HTTP 503 instead of a list of alerts"],
    [[200, "<html>"], "inconclusive: the answer is no list of alerts of Alertmanager"],
    [[200, '{"status":"success"}'], "inconclusive: the answer is no list of alerts of Alertmanager"],
  ])("that cannot be read are inconclusive: %j", async (answer, seen) => {
    answers = { "/api/v2/alerts": answer };

    expect(await look()).toBe(seen);
  });
});

describe("kubectl", () => {
  const node = (name: string, ready: string) => ({
    metadata: { name },
    status: { conditions: [{ type: "Ready", status: ready }] },
  });

  test("uses the cluster's ARN, so that it cannot answer for another cluster", async () => {
    kubectl({ items: [node("a", "True")] });

    expect(await seenBy({ check: "nodes" })).toBe("healthy: 1 nodes are ready");
    expect(called()).toBe(
      "--context arn:aws:eks:eu-central-1:333333333333:cluster/shop-acme-example-net get nodes --output json --request-timeout 30s",
    );
    await seenBy({ check: "nodes", context: "{cluster}" });
    expect(called()).toContain("--context shop.acme.example.net ");
  });

  test.each<[unknown, string]>([
    [{ items: [node("a", "True"), node("b", "Unknown")] }, "unhealthy: 1 of 2 nodes are not ready: b"],
    [{ items: [] }, "inconclusive: the cluster has no node"],
  ])("%j of nodes", async (answer, seen) => {
    kubectl(answer);

    expect(await seenBy({ check: "nodes" })).toBe(seen);
  });

  test("that fails is inconclusive, and its message contains no secret", async () => {
    kubectl("error: You must be logged in, token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB", 1);

    expect(await seenBy({ check: "nodes" })).toBe(
      "inconclusive: kubectl failed: error: You must be logged in, token=(secret)",
    );
  });

  test("finds the workloads of addons that are not available", async () => {
    const workload = (kind: string, name: string, status: object, namespace = "kube-system", replicas = 2) => ({
      ...{ kind, metadata: { name, namespace }, spec: { replicas }, status },
    });
    const good = [
      workload("Deployment", "coredns", { availableReplicas: 2 }),
      workload("DaemonSet", "aws-node", { desiredNumberScheduled: 3, numberAvailable: 3 }),
      workload("Deployment", "shop", {}, "shop"),
    ];
    kubectl({ items: good });
    expect(await seenBy({ check: "addons" })).toBe("healthy: 2 workloads are available");
    kubectl({
      items: [
        ...good,
        workload("StatefulSet", "db", { readyReplicas: 1 }),
        workload("DaemonSet", "x", { desiredNumberScheduled: 1 }),
      ],
    });
    expect(await seenBy({ check: "addons" })).toBe(
      "unhealthy: 2 of 4 workloads are not available: StatefulSet kube-system/db, DaemonSet kube-system/x",
    );
    expect(await seenBy({ check: "addons", namespaces: ["nowhere"] })).toBe("inconclusive: no workload is in nowhere");
  });
});

describe("a command", () => {
  const look = (command: readonly string[]): Promise<string> => seenBy({ check: "command", command });

  test("is healthy if it ends with 0, with its last line as the message", async () => {
    expect(await look(["sh", "-c", "echo one; echo two"])).toBe("healthy: two");
  });

  test("is unhealthy with another exit code", async () => {
    expect(await seenBy({ check: "command", command: ["sh", "-c", "echo broken >&2; exit 3"] })).toBe(
      "unhealthy: exit code 3: broken",
    );
  });

  test("gets facts about the cluster as arguments, which no shell reads", async () => {
    expect(await look(["echo", "{cluster} {account} $(id) ; {region}"])).toBe(
      "healthy: shop.acme.example.net 333333333333 $(id) ; eu-central-1",
    );
  });

  test("that does not exist is inconclusive", async () => {
    expect(await seenBy({ check: "command", command: ["no-such-program"] })).toBe(
      "inconclusive: no-such-program is not installed",
    );
  });

  test("is killed with its children after the time-out", async () => {
    const file = join(bin, "late");
    const command = ["sh", "-c", `(sleep 1; echo x > ${file}) & sleep 5`];
    const seen = await seenBy({ check: "command", command, timeout: "0.2s" });
    await sleep(1200);

    expect(seen).toBe("inconclusive: no answer within 0.2s");
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });
});

test("health is the worst of all checks, and unknown without a check", () => {
  expect(worstHealth(["healthy", "healthy"])).toBe("healthy");
  expect(worstHealth(["healthy", "inconclusive"])).toBe("inconclusive");
  expect(worstHealth(["inconclusive", "unhealthy"])).toBe("unhealthy");
  expect(worstHealth([])).toBe("inconclusive");
});

test("each check has its own result", async () => {
  answers = { "/": [500, ""] };
  const checks: [string, HealthCheck][] = [
    ["stacks", { check: "stacks", timeout: "1s" }],
    ["shop", { check: "url", url: `${base}/`, timeout: "10s" }],
  ];
  const { checks: results, health } = await runChecks(cluster, checks, TOOLS);

  expect(health).toBe("unhealthy");
  expect(results.map(({ health: each, name, seen }) => [name, each, seen])).toEqual([
    ["stacks", "healthy", "the plans of 4 stacks are empty"],
    ["shop", "unhealthy", "HTTP 500, expected 200 to 299"],
  ]);
});
