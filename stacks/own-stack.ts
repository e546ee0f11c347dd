import type { Construct } from "constructs";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import type { Cluster } from "../fleet/model/cluster";
import type { Owner } from "../fleet/plan/owner";
import { type DeclaredStack, type ReadableStack, stackSettings } from "../fleet/stacks/own-stacks";
import type { Extension } from "../language/extensions/compile";
import { ownExtensions } from "../language/extensions/own";
import { guarded, runExtension } from "../language/extensions/run";
import type { AddonsStack } from "./addons-stack";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import type { EksWorkersStack } from "./eks-workers-stack";
import type { OwnStack } from "./extension-contracts";
import { addKubernetesProviders } from "./kubernetes-providers";
import type { NetworkingStack } from "./networking-stack";

/** A stack of `extensions/stacks/`, with the backend, the provider and the tags of the program's own. */
export class ExtensionStack extends ClusterStack {
  constructor(
    scope: Construct,
    cluster: Cluster,
    owner: Owner,
    { extension, kubernetes, name, reads }: DeclaredStack,
    stacks: {
      readonly networking: NetworkingStack;
      readonly eks_cluster: EksClusterStack;
      readonly eks_workers: EksWorkersStack;
      readonly addons: AddonsStack;
    },
  ) {
    super(scope, name, cluster, owner);
    this.addDependency(stacks.addons);
    const producers = {
      networking: stacks.networking,
      "eks-cluster": stacks.eks_cluster,
      "eks-workers": stacks.eks_workers,
    };
    const from = Object.fromEntries(reads.map((each) => [each, producers[each].outputs.readBy(this)]));
    if (kubernetes) addKubernetesProviders(this, from["eks-cluster"] as ClusterRef, owner.region);
    const built = builtBy(extension);
    const { options } = stackSettings(cluster.tfvars)[name] ?? {};
    guarded(extension, `${cluster.name} cannot be built`, () =>
      built.build(this, { cluster, owner, options, from } as unknown as Parameters<typeof built.build>[1]),
    );
  }
}

type Built = OwnStack<ReadableStack, never>;

/** The extensions as this room runs them: with the cdktf that the stacks are made of. */
const known = new Map<string, Built>();

function builtBy(extension: Extension): Built {
  const built = known.get(extension.file) ?? (runExtension(ownExtensions().folder, extension) as Built);
  known.set(extension.file, built);
  return built;
}
