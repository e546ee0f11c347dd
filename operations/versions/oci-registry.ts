import { createHash } from "node:crypto";
import { isMap, valueAt } from "../../language/plain-map";
import { type ChartRef, type ChartVersions, RegistryError } from "./chart-registry";
import { type Answer, type Http, textOf } from "./http";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const IMAGE = [
  ...["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"],
  ...[MANIFEST, "application/vnd.docker.distribution.manifest.v2+json"],
].join(", ");
/** Pages of a list of tags; a registry that never ends is broken. */
const MOST_PAGES = 100;

/** Reads charts from OCI registries, as anybody may: with an anonymous token. */
export class OciRegistry {
  /** Tokens by their repository. */
  private readonly tokens = new Map<string, string>();

  constructor(private readonly http: Http) {}

  async versions(ref: ChartRef): Promise<ChartVersions> {
    const { base, name } = locationOf(ref);
    const url = `${base}/v2/${name}/tags/list`;
    const tags: string[] = [];
    let next: string | undefined = `${url}?n=1000`;
    for (let pages = 0; next !== undefined; pages += 1) {
      if (pages === MOST_PAGES) throw new RegistryError("unreadable", `${url} has more than ${MOST_PAGES} pages`);
      const answer = await this.get(next, ref);
      const list = json(textOf(answer, `no chart ${ref.chart}`), url);
      const page = valueAt(list, "tags");
      if (!Array.isArray(page) && page !== null) throw new RegistryError("unreadable", `${url} is not a list of tags`);
      tags.push(...(page ?? []).filter((tag) => typeof tag === "string"));
      next = nextPage(answer, next);
    }
    // A tag cannot have a plus sign: Helm writes an underscore.
    return { url, versions: tags.map((tag) => ({ version: tag.replaceAll("_", "+"), kubeVersion: undefined })) };
  }

  async kubeVersion(ref: ChartRef, version: string): Promise<string | null> {
    const { base, name } = locationOf(ref);
    const url = `${base}/v2/${name}/manifests/${version.replaceAll("+", "_")}`;
    const manifest = json(textOf(await this.get(url, ref, MANIFEST), `no version ${version}`), url);
    const digest = valueAt(manifest, "config", "digest");
    if (typeof digest !== "string" || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new RegistryError("unreadable", `${url} is not the manifest of a chart`);
    const blob = `${base}/v2/${name}/blobs/${digest}`;
    const chart = json(textOf(await this.get(blob, ref), "no configuration of the chart"), blob);
    if (valueAt(chart, "name") !== ref.chart)
      throw new RegistryError("unreadable", `${blob} is not of chart ${ref.chart}`);
    const kubeVersion = valueAt(chart, "kubeVersion");
    return typeof kubeVersion === "string" ? kubeVersion : null;
  }

  /** Returns the digest of what a tag names now: an image for one platform, or the index of one for several. */
  async digest(ref: ChartRef, tag: string): Promise<string> {
    const { base, name } = locationOf(ref);
    const url = `${base}/v2/${name}/manifests/${tag}`;
    const answer = await this.get(url, ref, IMAGE);
    const digest = `sha256:${createHash("sha256")
      .update(textOf(answer, `no tag ${tag}`))
      .digest("hex")}`;
    const said = answer.headers.get("docker-content-digest");
    if (said !== null && said !== digest)
      throw new RegistryError("unreadable", `${url} has the digest ${digest}, but the registry names another one`);
    return digest;
  }

  /** Sends a request, and sends it again with the token that the registry requires. */
  private async get(url: string, { repository, chart }: ChartRef, accept = "application/json"): Promise<Answer> {
    const key = `${repository}/${chart}`;
    const headers = (token: string | undefined) => ({
      accept,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    });
    const answer = await this.http.get(url, headers(this.tokens.get(key)));
    if (answer.status !== 401) return answer;
    const token = await this.token(answer);
    this.tokens.set(key, token);
    return await this.http.get(url, headers(token));
  }

  private async token({ headers, url }: Answer): Promise<string> {
    const challenge = headers.get("www-authenticate") ?? "";
    const parts = Object.fromEntries(
      [...challenge.matchAll(/\b(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    const { realm, scope, service } = parts as Partial<Record<string, string>>;
    if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
      throw new RegistryError("refused", `${new URL(url).host} requires credentials (401)`);
    const from = new URL(realm);
    for (const [key, value] of Object.entries({ service, scope })) if (value) from.searchParams.set(key, value);
    const answer = json(textOf(await this.http.get(from.href), "no token"), from.href);
    const token = valueAt(answer, "token") ?? valueAt(answer, "access_token");
    if (typeof token !== "string") throw new RegistryError("unreadable", `${from.href} gives no token`);
    return token;
  }
}

/** As Docker and Helm do, a registry on this machine is reached without TLS, and docker.io has another host for its API. */
function locationOf({ chart, repository }: ChartRef): { readonly base: string; readonly name: string } {
  const [, host = "", path = ""] = /^oci:\/\/([^/]+)\/?(.*)$/.exec(repository) ?? [];
  const scheme = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host) ? "http" : "https";
  const name = [path.replace(/\/$/, ""), chart].filter((part) => part !== "").join("/");
  return { base: `${scheme}://${host === "docker.io" ? "registry-1.docker.io" : host}`, name };
}

/** Returns the address of the next page, which must be on the same host. */
function nextPage({ headers }: Answer, url: string): string | undefined {
  const [, path] = /^<([^>]+)>; ?rel="?next"?/i.exec(headers.get("link") ?? "") ?? [];
  if (path === undefined || !URL.canParse(path, url)) return undefined;
  const next = new URL(path, url);
  return next.origin === new URL(url).origin && next.href !== url ? next.href : undefined;
}

function json(text: string, url: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (isMap(value)) return value;
  } catch {
    // reported below
  }
  throw new RegistryError("unreadable", `${url} does not answer with JSON`);
}
