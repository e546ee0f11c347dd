import { type ChartRef, type ChartRegistry, type ChartVersions, RegistryError } from "./chart-registry";
import { HTTP_LIMITS, Http, type HttpLimits, textOf } from "./http";
import { versionsInIndex } from "./index-file";
import { OciRegistry } from "./oci-registry";

/** Chart repositories and OCI registries, read over the network. Each index is read once. */
export class Registries implements ChartRegistry {
  private readonly http: Http;
  private readonly oci: OciRegistry;
  private readonly indexes = new Map<string, Promise<string>>();

  constructor(limits: HttpLimits = HTTP_LIMITS) {
    this.http = new Http(limits);
    this.oci = new OciRegistry(this.http);
  }

  async versions(ref: ChartRef): Promise<ChartVersions> {
    if (ref.repository.startsWith("oci://")) return await this.oci.versions(ref);
    const url = `${ref.repository.replace(/\/$/, "")}/index.yaml`;
    const index = this.indexes.get(url) ?? this.http.get(url).then((answer) => textOf(answer, "no index of charts"));
    this.indexes.set(url, index);
    return { url, versions: versionsInIndex(await index, ref.chart, url) };
  }

  digest(image: ChartRef, tag: string): Promise<string> {
    return this.oci.digest(image, tag);
  }

  async kubeVersion(ref: ChartRef, version: string): Promise<string | null> {
    if (ref.repository.startsWith("oci://")) return await this.oci.kubeVersion(ref, version);
    const { url, versions } = await this.versions(ref);
    const found = versions.find((each) => each.version === version);
    if (found === undefined) throw new RegistryError("refused", `${url} has no version ${version} of ${ref.chart}`);
    return found.kubeVersion ?? null;
  }
}
