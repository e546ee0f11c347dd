import { buildCluster } from "../../fleet/build-cluster";
import type { Cluster } from "../../fleet/model/cluster";
import { type DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { layMapOver } from "../../fleet/read/layer-parts";
import { Layers } from "../../fleet/read/layers";
import { LayersByProgram } from "../../fleet/read/layers-by-program";
import { readDefinition } from "../../fleet/read/read-definition";
import { resolveDefinitions } from "../../fleet/resolve";
import type { ResolvedDefinition } from "../../fleet/rules/resolved-definition";
import { DefinitionError, problemText } from "../../language/problem";
import type { KubernetesMinor } from "../../language/words/kubernetes-minor";
import type { MapTree, Tree } from "../../language/yaml/tree";

/** A cluster's definition that can be built with other Kubernetes versions. */
export class VersionedCluster {
  private readonly layers: Layers;
  private readonly root: MapTree;

  /**
   * @param now the cluster as it is defined, without an error
   * @param today the day of the run, for warnings
   */
  constructor(
    files: DefinitionFiles,
    readonly file: string,
    private readonly now: Cluster,
    private readonly today: string,
  ) {
    const { problems, root } = readDefinition(file);
    if (root === undefined) throw new DefinitionError(problems);
    this.root = root;
    this.layers = new LayersByProgram(new Layers(files)).of(root).layers;
  }

  /** Returns the definition with its layers, as it is. */
  resolved(): ResolvedDefinition {
    return this.resolve(this.root);
  }

  /** The release of the cluster, and when AWS ends its support of each Kubernetes version. */
  facts(): { readonly release: ReturnType<Layers["release"]>["own"]; readonly layers: Layers } {
    return { release: this.layers.release(this.now.release.name).own, layers: this.layers };
  }

  /**
   * Returns the cluster with another Kubernetes version, and the warnings of its definition.
   *
   * @throws DefinitionError if the definition is not valid with that version
   */
  at(version: KubernetesMinor): { readonly cluster: Cluster; readonly warnings: readonly string[] } {
    const { problems, subject } = this.resolve(layMapOver(this.root, this.versionLayer(version)));
    const errors = problems.filter(({ severity }) => severity === "error");
    if (errors.length > 0 || subject === undefined) throw new DefinitionError(errors);
    const cluster = buildCluster(subject, this.layers, this.now.peers, this.now.release.program);
    return { cluster, warnings: problems.map(problemText) };
  }

  /** Returns a layer that sets the version, as if it were written at the beginning of the cluster's file. */
  private versionLayer(version: KubernetesMinor): MapTree {
    const { offset, source } = this.root;
    const scalar: Tree = { kind: "scalar", value: version, text: version, plain: false, source, offset };
    const map = (key: string, value: Tree): MapTree => ({
      kind: "map",
      entries: new Map([[key, { value, source, offset }]]),
      source,
      offset,
    });
    return map("tfvars", map("cluster", map("kubernetes_version", scalar)));
  }

  private resolve(root: MapTree): ResolvedDefinition {
    const read = { file: this.file, nameOfFile: nameOfFile(this.file), root };
    const [resolved] = resolveDefinitions([read], this.layers, this.today);
    if (resolved === undefined) throw new TypeError(`${this.file} was not resolved`);
    return resolved;
  }
}
