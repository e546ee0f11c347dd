import type { Cluster, SeenVersions } from "../../fleet/model/cluster";
import { type StackName, stackId } from "../../fleet/model/stacks";
import { hasHybridNodes } from "../../fleet/nodes/auto-mode";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import { hasReleaseImage, type NodeNotes } from "./nodes";
import type { Step } from "./report";
import type { ResourceChange } from "./stack-changes";

/** The inputs of the steps of a round. */
export interface StepFacts {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly changes: readonly ResourceChange[];
  readonly seen: SeenVersions | undefined;
  readonly nodes: NodeNotes;
  /** Steps to take before anything is deployed with the new version. */
  readonly first: readonly Step[];
}

/** Returns the steps of an upgrade by one minor version, in their order. A step that changes nothing is left out. */
export function stepsOf(facts: StepFacts): readonly Step[] {
  const { after, before, changes } = facts;
  const [from, to] = [versionOf(before), versionOf(after)];
  const { slug, tfvars } = after;
  const region = tfvars.common.aws_region;
  const of = (id: Step["id"]): ResourceChange[] => changes.filter((change) => stepOf(change) === id);
  const deploy = (stack: StackName): string[] => [deployCommand(after, stack)];
  const step = (id: Step["id"], title: string, commands: readonly string[], notes: readonly string[] = []): Step => ({
    id,
    title,
    commands,
    changes: of(id),
    notes,
  });
  const addons = deploy("addons");
  const eksAddons = of("eks-addons");
  const isInAddons = eksAddons.length + of("charts").length > 0;
  const nodeStacks = new Set(of("nodes").map(({ stack }) => stack));
  const nodeCommands = (["addons", "eks-workers"] as const).flatMap((stack) =>
    nodeStacks.has(stack) && !(stack === "addons" && isInAddons) ? deploy(stack) : [],
  );
  const steps = [
    step(
      "insights",
      "Look at the upgrade insights",
      [
        `aws eks list-insights --cluster-name ${slug} --region ${region} --filter kubernetesVersions=${to}`,
        ...pinnedAddons(after).map(
          (name) =>
            `aws eks describe-addon-versions --addon-name ${name} --kubernetes-version ${to} --region ${region}`,
        ),
      ],
      [
        "ERROR stops the upgrade. A finding about a deprecated API stays for 30 days after its last use",
        "The upgrade requires 5 free addresses in the subnets of the control plane, and cannot be paused",
        ...(pinnedAddons(after).length > 0
          ? ["The definition sets the builds of these EKS add-ons: they must be listed"]
          : []),
        ...(tfvars.extra_charts.length > 0
          ? [`Check that your own charts support ${to}: ${tfvars.extra_charts.map(({ name }) => name).join(", ")}`]
          : []),
      ],
    ),
    ...facts.first,
    ...firstStep(facts),
    step("control-plane", `Upgrade the control plane to ${to}`, deploy("eks-cluster"), facts.nodes.atOnce),
    step("kube-proxy", "Update kube-proxy", [], ["In the same deployment, after the control plane"]),
    step("cluster-stack", "Update the rest of the stack eks-cluster", [], ["In the same deployment"]),
    step("eks-addons", "Update CoreDNS and the other EKS add-ons", addons),
    step("charts", "Update charts and manifests", eksAddons.length > 0 ? [] : addons),
    step("nodes", `Replace the nodes with ${to}`, nodeCommands, [
      "Wait before this step: while the nodes are old, a rollback is only the control plane's",
      ...facts.nodes.later,
    ]),
    step("cluster-autoscaler", `Update cluster-autoscaler to ${to}`, isInAddons ? [] : addons, [
      "Its minor version is the control plane's",
      ...(isInAddons ? ["The deployment of the stack addons above has updated it already"] : []),
    ]),
    step(
      "clients",
      "Update clients",
      ["kubectl version"],
      [`kubectl must be ${from} or later, and at most one minor version newer than ${to}`],
    ),
  ];
  const always: readonly Step["id"][] = ["insights", "apis", "images", "vpc-cni", "control-plane", "clients"];
  const isNeeded = ({ changes: own, id, notes }: Step): boolean =>
    always.includes(id) || own.length > 0 || (id === "nodes" && notes.length > 1);
  return steps.filter(isNeeded);
}

/** Returns the step that a change belongs to. The CNI is a separate step, before the control plane. */
function stepOf({ address, name, stack, type }: ResourceChange): Step["id"] {
  if (stack === "eks-workers") return "nodes";
  if (stack === "addons") {
    if (address.includes(".node-pools_") || address.includes("node_pools")) return "nodes";
    if (type === "aws_eks_addon") return "eks-addons";
    return name === "cluster-autoscaler" ? "cluster-autoscaler" : "charts";
  }
  if (type === "aws_eks_cluster") return "control-plane";
  if (type === "aws_eks_addon" && name === "kube-proxy") return "kube-proxy";
  if (type === "aws_eks_addon" && name === "vpc-cni") return "vpc-cni";
  return "cluster-stack";
}

/** Returns the EKS add-ons whose build the definition sets, so that no release replaces it. */
function pinnedAddons({ tfvars: { cluster } }: Cluster): readonly string[] {
  const own = {
    "vpc-cni": cluster.vpc_cni,
    "kube-proxy": cluster.kube_proxy,
    "eks-pod-identity-agent": cluster.eks_pod_identity_agent,
  };
  return [
    ...Object.entries(own).flatMap(([name, { enabled, version }]) => (enabled && version !== null ? [name] : [])),
    ...cluster.extra_eks_addons.map(({ name }) => name),
  ];
}

/** The CNI of the new version must run before the control plane does, if the release pins another one for it. */
function firstStep({ after, before, changes, seen }: StepFacts): Step[] {
  const own = changes.filter((change) => stepOf(change) === "vpc-cni");
  const to = own.flatMap(({ values }) => values).find(({ key }) => key === "addon_version")?.to;
  if (own.length === 0 || typeof to !== "string") return [];
  const from = versionOf(before);
  const isSeen = seen?.eks_addons?.["vpc-cni"]?.[to]?.[from] !== undefined;
  const notes = [
    `Set tfvars.cluster.vpc_cni.version: ${to}, deploy, and remove it after the upgrade`,
    isSeen
      ? `This build was seen with Kubernetes ${from} too`
      : `Nobody has seen this build with Kubernetes ${from}. Check it with: aws eks describe-addon-versions --addon-name vpc-cni --kubernetes-version ${from}`,
  ];
  const commands = [deployCommand(after, "eks-cluster")];
  return [{ id: "vpc-cni", title: "Update the VPC CNI first", commands, changes: own, notes }];
}

/** The stacks before it are already deployed, but cdktf does not detect that. */
function deployCommand({ slug }: Cluster, stack: StackName): string {
  return `npx cdktf deploy --ignore-missing-stack-dependencies ${stackId(slug, stack)}`;
}

function versionOf({ tfvars }: Cluster): string {
  return tfvars.cluster.kubernetes_version;
}

/**
 * Returns the components that must be rolled back before the control plane, in order: EKS rolls back neither nodes nor add-ons, and no
 * kubelet may be newer than the control plane. Auto Mode rolls its own nodes back.
 */
export function firstBack(
  { after, before, changes, seen }: StepFacts,
  groups: readonly Pick<NodeGroupPlan, "kind" | "name">[],
): readonly string[] {
  const from = versionOf(before);
  const unseen = changes.flatMap(({ name, type, values }) => {
    const version = values.find(({ key }) => key === "addon_version");
    if (type !== "aws_eks_addon" || !version?.from || !version.to) return [];
    const sighting = seen?.eks_addons?.[name]?.[version.to]?.[from];
    return sighting === undefined ? [`EKS add-on ${name}: ${version.to} -> ${version.from}`] : [];
  });
  const pools = after.tfvars.node_pools.filter(({ kind }) => kind === "karpenter");
  const backTo = (pool: (typeof pools)[number]): string =>
    hasReleaseImage(pool)
      ? `: set ami_ids to images with kubelet ${from}, because Karpenter boots the control plane's version otherwise`
      : "";
  return [
    ...groups.map(({ kind, name }) => `${kind.replace("_", "-")} group ${name}, if its nodes are replaced already`),
    ...pools.map((pool) => `Karpenter pool ${pool.name}, if its nodes are replaced already${backTo(pool)}`),
    ...(hasHybridNodes(after) ? ["hybrid nodes, if they are upgraded already"] : []),
    ...after.tfvars.fargate_profiles.map(({ name }) => `pods of Fargate profile ${name} that started since`),
    ...unseen,
  ];
}
