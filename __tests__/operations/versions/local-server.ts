import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers of a server by the path and the query of a request. */
export type Routes = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;

export interface LocalServer {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** Paths in the order of the requests. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** Starts a server on this machine; a path that it does not have is 404. */
export async function startServer(routes: (host: string) => Routes): Promise<LocalServer> {
  const requests: string[] = [];
  let known: Routes = {};
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const route = known[path];
    if (route === undefined) response.writeHead(404).end("nothing here");
    else route(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  known = routes(host);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { host, requests, close };
}

/** An OCI registry with charts, which gives anonymous tokens and lists two tags at a time. */
export function ociRoutes(
  host: string,
  charts: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): Routes {
  const authorized =
    (name: string, answer: (response: ServerResponse) => void) =>
    ({ headers }: IncomingMessage, response: ServerResponse): void => {
      const challenge = `Bearer realm="http://${host}/token",service="local",scope="repository:${name}:pull"`;
      if (headers.authorization === `Bearer token-of-${name}`) answer(response);
      else response.writeHead(401, { "www-authenticate": challenge }).end();
    };
  const json = (value: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(value));
  return Object.fromEntries(
    Object.entries(charts).flatMap(([name, versions]) => {
      const tags = Object.keys(versions).map((version) => version.replaceAll("+", "_"));
      const list = `/v2/${name}/tags/list`;
      const token = `/token?service=local&scope=${encodeURIComponent(`repository:${name}:pull`)}`;
      return [
        [token, (_: IncomingMessage, response: ServerResponse) => json({ token: `token-of-${name}` })(response)],
        [
          `${list}?n=1000`,
          authorized(name, (response) => {
            if (tags.length > 2) response.setHeader("link", `<${list}?n=1000&last=${tags[1]}>; rel="next"`);
            json({ name, tags: tags.slice(0, 2) })(response);
          }),
        ],
        [`${list}?n=1000&last=${tags[1]}`, authorized(name, json({ name, tags: tags.slice(2) }))],
        ...Object.entries(versions).flatMap(([version, kubeVersion], index) => {
          const digest = `sha256:${String(index).padStart(64, "0")}`;
          const chart = { name: name.split("/").at(-1), version, ...(kubeVersion !== null && { kubeVersion }) };
          return [
            [`/v2/${name}/manifests/${version.replaceAll("+", "_")}`, authorized(name, json({ config: { digest } }))],
            [`/v2/${name}/blobs/${digest}`, authorized(name, json(chart))],
          ];
        }),
      ];
    }),
  ) as Routes;
}
