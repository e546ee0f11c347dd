import type { ServerResponse } from "node:http";
import { HTTP_LIMITS } from "../../../operations/versions/http";
import { Registries } from "../../../operations/versions/registries";
import { type LocalServer, ociRoutes, type Routes, startServer } from "./local-server";

/** The limit of time stays as it is, because a busy machine can be slow. */
const LIMITS = { ...HTTP_LIMITS, mostBytes: 4096, longestWait: 50 };
const servers: LocalServer[] = [];

async function started(routes: (host: string) => Routes): Promise<LocalServer> {
  const server = await startServer(routes);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const index = (chart: string, version: string): string => `entries:\n  ${chart}:\n  - version: ${version}\n`;

const messageOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    (value) => `no error: ${JSON.stringify(value)}`,
    (error: Error) => error.message,
  );

describe("a chart repository", () => {
  /** Reads chart `a` of a repository whose index is answered so. */
  async function read(answer: (response: ServerResponse) => void, limits = LIMITS) {
    const { host, requests } = await started(() => ({ "/charts/index.yaml": (_, response) => answer(response) }));
    const registries = new Registries(limits);
    return { host, requests, registries, ref: { repository: `http://${host}/charts`, chart: "a" } };
  }

  test("is read once for all its charts", async () => {
    const { host, ref, registries, requests } = await read((response) =>
      response.end(`${index("a", "1.0.0")}  b:\n  - version: 2.0.0\n`),
    );
    const [a, b] = await Promise.all([registries.versions(ref), registries.versions({ ...ref, chart: "b" })]);

    expect(a).toEqual({ url: `http://${host}/charts/index.yaml`, versions: [{ version: "1.0.0", kubeVersion: null }] });
    expect(b.versions).toEqual([{ version: "2.0.0", kubeVersion: null }]);
    expect(await registries.kubeVersion(ref, "1.0.0")).toBeNull();
    expect(requests).toEqual(["/charts/index.yaml"]);
  });

  test("is called again after 429, and its later answer counts", async () => {
    let busy = 2;
    const { ref, registries, requests } = await read((response) => {
      busy -= 1;
      if (busy < 0) response.end(index("a", "1.0.0"));
      else response.writeHead(429, { "retry-after": "0" }).end();
    });

    expect((await registries.versions(ref)).versions).toHaveLength(1);
    expect(requests).toHaveLength(3);
  });

  test("that keeps answering 429 is given up after 3 requests, whatever its Retry-After", async () => {
    const { host, ref, registries, requests } = await read((response) =>
      response.writeHead(429, { "retry-after": "86400" }).end(),
    );

    expect(await messageOf(registries.versions(ref))).toBe(`${host} limits requests (429). Try again later`);
    expect(requests).toHaveLength(3);
  });

  test("without an index, and one that forbids it, are refused with the status", async () => {
    const missing = await read((response) => response.writeHead(404).end());
    expect(await messageOf(missing.registries.versions(missing.ref))).toBe(
      `http://${missing.host}/charts/index.yaml does not exist (404): no index of charts`,
    );
    const forbidden = await read((response) => response.writeHead(403).end());
    expect(await messageOf(forbidden.registries.versions(forbidden.ref))).toBe(
      `http://${forbidden.host}/charts/index.yaml answered with status 403`,
    );
  });

  test("that never answers, or never ends its answer, is given up after the limit", async () => {
    const limits = { ...LIMITS, timeout: 200 };
    const silent = await read(() => undefined, limits);
    expect(await messageOf(silent.registries.versions(silent.ref))).toBe(`${silent.host} did not answer within 0.2 s`);
    const endless = await read((response) => response.write("entries:\n"), limits);
    expect(await messageOf(endless.registries.versions(endless.ref))).toBe(
      `${endless.host} did not answer within 0.2 s`,
    );
  });

  test("whose index is too large is refused", async () => {
    const { host, ref, registries } = await read((response) => response.end("#".repeat(4097)));
    expect(await messageOf(registries.versions(ref))).toBe(
      `http://${host}/charts/index.yaml is larger than 0.00390625 MiB`,
    );
  });

  test("that does not exist delays the run only once", async () => {
    const { host, close } = await startServer(() => ({}));
    await close();
    const registries = new Registries(LIMITS);
    const ref = { repository: `http://${host}/charts`, chart: "a" };

    expect(await messageOf(registries.versions(ref))).toBe(`${host} cannot be reached (ECONNREFUSED)`);
    expect(await messageOf(registries.versions({ ...ref, repository: `http://${host}/others` }))).toBe(
      `${host} cannot be reached (ECONNREFUSED)`,
    );
  });
});

test("at most as many requests as allowed are under way", async () => {
  let [now, most] = [0, 0];
  const { host } = await started(() =>
    Object.fromEntries(
      Array.from({ length: 6 }, (_, each) => [
        `/${each}/index.yaml`,
        (_request: unknown, response: ServerResponse) => {
          now += 1;
          most = Math.max(most, now);
          setTimeout(() => {
            now -= 1;
            response.end(index("a", "1.0.0"));
          }, 20);
        },
      ]),
    ),
  );
  const registries = new Registries({ ...LIMITS, parallel: 2 });
  await Promise.all(
    Array.from({ length: 6 }, (_, each) => registries.versions({ repository: `http://${host}/${each}`, chart: "a" })),
  );

  expect(most).toBe(2);
});

describe("an OCI registry", () => {
  const CHARTS = { "team/charts/a": { "1.0.0": ">=1.25.0-0", "1.1.0": null, "1.2.0+build": ">=1.40.0-0" } };

  async function read(routes: (host: string) => Routes = (host) => ociRoutes(host, CHARTS)) {
    const { host, requests } = await started(routes);
    return {
      host,
      requests,
      registries: new Registries(LIMITS),
      ref: { repository: `oci://${host}/team/charts`, chart: "a" },
    };
  }

  test("lists the tags of all pages, with one request for an anonymous token", async () => {
    const { host, ref, registries, requests } = await read();

    expect(await registries.versions(ref)).toEqual({
      url: `http://${host}/v2/team/charts/a/tags/list`,
      versions: ["1.0.0", "1.1.0", "1.2.0+build"].map((version) => ({ version, kubeVersion: undefined })),
    });
    expect(requests.map((path) => path.replace(/\?.*/, ""))).toEqual([
      "/v2/team/charts/a/tags/list",
      "/token",
      "/v2/team/charts/a/tags/list",
      "/v2/team/charts/a/tags/list",
    ]);
  });

  test.each([
    ["1.0.0", ">=1.25.0-0"],
    ["1.1.0", null],
    ["1.2.0+build", ">=1.40.0-0"],
  ])("shows the Kubernetes versions that %s supports", async (version, expected) => {
    const { ref, registries } = await read();
    expect(await registries.kubeVersion(ref, version)).toBe(expected);
  });

  test("without the chart is refused", async () => {
    const { host, registries } = await read();
    expect(await messageOf(registries.versions({ repository: `oci://${host}/team`, chart: "b" }))).toBe(
      `http://${host}/v2/team/b/tags/list?n=1000 does not exist (404): no chart b`,
    );
  });

  const LIST = "/v2/team/charts/a/tags/list?n=1000";

  test.each([
    ["wants a password", 401, { "www-authenticate": 'Basic realm="here"' }, "", "HOST requires credentials (401)"],
    ["answers with a page", 200, {}, "<html>", "http://HOST/v2/team/charts/a/tags/list does not answer with JSON"],
    ["lists no tags", 200, {}, '{"tags":{}}', "http://HOST/v2/team/charts/a/tags/list is not a list of tags"],
  ])("that %s is refused", async (_, status, headers, body, expected) => {
    const { host, ref, registries } = await read(() => ({
      [LIST]: (_request, response) => response.writeHead(status, headers).end(body),
    }));
    expect(await messageOf(registries.versions(ref))).toBe(expected.replace("HOST", host));
  });

  test("whose token response has no token is refused", async () => {
    const { host, ref, registries } = await read((at) => ({
      [LIST]: (_, response) =>
        response.writeHead(401, { "www-authenticate": `Bearer realm="http://${at}/token"` }).end(),
      "/token": (_, response) => response.end("{}"),
    }));
    expect(await messageOf(registries.versions(ref))).toBe(`http://${host}/token gives no token`);
  });

  test("whose next page is on another host is not followed there", async () => {
    const elsewhere = await started(() => ({ "/": (_, response) => response.end('{"tags":["9.9.9"]}') }));
    const { ref, registries } = await read(() => ({
      [LIST]: (_, response) =>
        response.writeHead(200, { link: `<http://${elsewhere.host}/>; rel="next"` }).end('{"tags":["1.0.0"]}'),
    }));
    expect((await registries.versions(ref)).versions.map(({ version }) => version)).toEqual(["1.0.0"]);
    expect(elsewhere.requests).toEqual([]);
  });

  test("whose pages never end is given up", async () => {
    let page = 0;
    const path = "/v2/team/charts/a/tags/list";
    const next = (response: ServerResponse) => {
      page += 1;
      response.writeHead(200, { link: `<${path}?page=${page}>; rel="next"` }).end('{"tags":[]}');
    };
    const { host, ref, registries } = await read(() => ({
      [LIST]: (_, response) => next(response),
      ...Object.fromEntries(
        Array.from({ length: 200 }, (_, each) => [
          `${path}?page=${each}`,
          (_request: unknown, response: ServerResponse) => next(response),
        ]),
      ),
    }));
    expect(await messageOf(registries.versions(ref))).toBe(`http://${host}${path} has more than 100 pages`);
  });

  test("whose chart has another name is refused", async () => {
    const { ref, registries } = await read((host) => ({
      ...ociRoutes(host, CHARTS),
      [`/v2/team/charts/a/blobs/sha256:${"0".repeat(64)}`]: (_, response) => response.end('{"name":"b"}'),
    }));
    expect(await messageOf(registries.kubeVersion(ref, "1.0.0"))).toMatch(/ is not of chart a$/);
  });
});
