import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../addons/catalogue";

/** Rooms whose sources must not know single addons. */
const ROOMS = [
  "language",
  "aws",
  "fleet",
  "cdktf",
  "constructs",
  "stacks",
  "synth",
  "operations",
  "pipelines",
  "offline",
  "cli",
  "bench",
];

/** Sources that name an addon nevertheless, by the reason: each line is `file: addon`. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  "Karpenter is a kind of node pool: its API groups, labels and discovery tag are words of node pools and networks": [
    "constructs/node-pools/node-class-manifest.ts: karpenter",
    "constructs/node-pools/node-pool-manifests.ts: karpenter",
    "fleet/checks/manifests/manifest-kinds.ts: karpenter",
    "fleet/checks/node-pools/node-pool-instances.ts: karpenter",
    "fleet/checks/node-pools/node-pool-objects.ts: karpenter",
    "fleet/checks/node-pools/node-pool-requirements.ts: karpenter",
    "fleet/checks/workers/worker-instances.ts: karpenter",
    "fleet/checks/workers/worker-upkeep.ts: karpenter",
    "fleet/network/discovery-tags.ts: karpenter",
    "fleet/schema/networking/existing-vpc.ts: karpenter",
    "fleet/schema/node-pools/node-pools.ts: karpenter",
    "operations/upgrade/nodes.ts: karpenter",
    "operations/upgrade/steps.ts: karpenter",
  ],
  "Karpenter starts nodes: a role, a queue and a place for pods exist only because of it": [
    "constructs/node-pools/interruption-queue.ts: karpenter",
    "fleet/addons/addon-subject.ts: karpenter",
    "fleet/addons/fargate-addons.ts: karpenter",
    "fleet/checks/addons/node-addons.ts: karpenter",
    "fleet/checks/addons/spread-replicas.ts: karpenter",
    "fleet/checks/control-plane/attached-policies.ts: karpenter",
    "fleet/checks/control-plane/hybrid.ts: karpenter",
    "fleet/nodes/most-nodes.ts: cluster_autoscaler",
    "fleet/checks/node-pools/controller-replicas.ts: karpenter",
    "fleet/checks/node-pools/node-pool-kinds.ts: karpenter",
    "fleet/checks/node-pools/node-pools.ts: karpenter",
    "fleet/checks/node-pools/two-autoscalers.ts: karpenter",
    "fleet/checks/workers/pod-limits.ts: karpenter",
    "fleet/checks/workers/worker-sizes.ts: karpenter",
    "fleet/checks/workers/worker-taints.ts: karpenter",
    "fleet/nodes/karpenter.ts: karpenter",
    "fleet/plan/cluster-plan.ts: karpenter",
    "fleet/plan/node-pools-plan.ts: karpenter",
    "stacks/addons-stack.ts: karpenter",
    "stacks/eks-workers-stack.ts: karpenter",
  ],
  "a group's `autoscaling` is about cluster-autoscaler: the tags that it reads, and what it does to a group": [
    "constructs/workers/autoscaler-tags.ts: cluster_autoscaler",
    "fleet/nodes/node-labels.ts: cluster_autoscaler",
    "fleet/checks/control-plane/tags.ts: cluster_autoscaler",
    "fleet/checks/node-pools/two-autoscalers.ts: cluster_autoscaler",
    "fleet/checks/workers/scheduled-scaling.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-buying.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-images.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-rolling.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-sizes.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-upkeep.ts: cluster_autoscaler",
    "fleet/checks/workers/worker-volumes.ts: cluster_autoscaler",
    "fleet/schema/workers/auto-scaling-group.ts: cluster_autoscaler",
    "fleet/schema/workers/group-upkeep.ts: cluster_autoscaler",
    "fleet/schema/workers/scaling.ts: cluster_autoscaler",
    "fleet/schema/workers/volumes.ts: cluster_autoscaler",
  ],
  "a tag of instances that the handler looks for": [
    "constructs/workers/self-managed-node-group.ts: aws_node_termination_handler",
    "fleet/checks/workers/worker-upkeep.ts: aws_node_termination_handler",
  ],
  "the description of a key names the addon that reads it": [
    "fleet/schema/definition.ts: teleport_kube_agent",
    "fleet/schema/releases/release.ts: velero",
    "fleet/schema/workers/auto-scaling-group.ts: aws_node_termination_handler",
    "fleet/schema/workers/group-upkeep.ts: aws_node_termination_handler",
  ],
  "examples of keys: a capability, a CI system, and a label of instance types": [
    "fleet/schema/examples.ts: argo_cd",
    "fleet/schema/examples.ts: concourse",
    "fleet/schema/examples.ts: karpenter",
  ],
  "a name of a pod, which must not look like a secret": ["bench/real-values.ts: coredns"],
  "an API that Kubernetes itself does not serve, which charts ask for": ["cli/verify/releases.ts: cert_manager"],
  "which options are lists that layers merge by name is a table beside those of all other lists": [
    "fleet/schema/identity.ts: argo_cd",
    "fleet/schema/identity.ts: aws_ebs_csi_driver",
    "fleet/schema/identity.ts: aws_efs_csi_driver",
    "fleet/schema/identity.ts: aws_fsx_csi_driver",
    "fleet/schema/identity.ts: cert_manager",
    "fleet/schema/identity.ts: cluster_overprovisioner",
    "fleet/schema/identity.ts: dex",
    "fleet/schema/identity.ts: github_actions_runners",
    "fleet/schema/identity.ts: kube_prometheus_stack",
    "fleet/schema/identity.ts: prometheus_blackbox_exporter",
  ],
  "advice in a message: where a certificate or a Secret belongs": [
    "fleet/checks/manifests/manifests.ts: external_secrets",
    "fleet/secrets/rule.ts: cert_manager",
  ],
  "not the addon: settings of the EKS capability ARGOCD": [
    "constructs/cluster/capabilities.ts: argo_cd",
    "fleet/checks/control-plane/capabilities.ts: argo_cd",
    "fleet/schema/control-plane.ts: argo_cd",
    "offline/overlay/eks.ts: argo_cd",
  ],
  "an image that a release pins for each Kubernetes version: its version follows Kubernetes, not the addon's chart": [
    "fleet/schema/releases/release.ts: cluster_autoscaler",
    "fleet/schema/releases/seen-versions.ts: cluster_autoscaler",
    "operations/upgrade/report.ts: cluster_autoscaler",
    "operations/upgrade/steps.ts: cluster_autoscaler",
  ],
  "not the addon: rules of the node security group, which every cluster has and whose names are state addresses": [
    "fleet/nodes/node-security-group-rules.ts: metrics_server",
    "fleet/nodes/node-security-group-rules.ts: prometheus_adapter",
    "fleet/nodes/node-security-group-rules.ts: vertical_pod_autoscaler",
  ],
  "the id of a rule about Karpenter": ["fleet/checks/definition.ts: karpenter", "language/rule-ids.ts: karpenter"],
  "an example in a comment or a description": [
    "language/suggest.ts: aws_load_balancer_controller",
    "language/suggest.ts: vertical_pod_autoscaler",
    "operations/versions/report.ts: coredns",
    "operations/release/report.ts: coredns",
    "operations/release/report.ts: traefik",
  ],
  "the CI system Concourse, and not the addon of that name": [
    "cli/actions/ci/review.ts: concourse",
    "cli/commands/own/init.ts: concourse",
    "cli/commands/pipelines/generate.ts: concourse",
    "cli/verify/pipelines.ts: concourse",
    "fleet/accounts/claims.ts: concourse",
    "fleet/accounts/federations.ts: concourse",
    "fleet/checks/fleet/bootstrap.ts: concourse",
    "fleet/checks/fleet/pipeline-accounts.ts: concourse",
    "fleet/schema/accounts/bootstrap.ts: concourse",
    "fleet/schema/pipelines.ts: concourse",
    "operations/ci/context.ts: concourse",
    "operations/init/answers.ts: concourse",
    "operations/init/definition-files.ts: concourse",
    "pipelines/concourse/concourse.ts: concourse",
    "pipelines/concourse/names.ts: concourse",
    "pipelines/concourse/notices.ts: concourse",
    "pipelines/concourse/render-job.ts: concourse",
    "pipelines/concourse/render.ts: concourse",
    "pipelines/model/names.ts: concourse",
    "pipelines/model/unpinned.ts: concourse",
    "pipelines/systems.ts: concourse",
  ],
  "what eksctl and a running cluster call an addon or a policy is put into our words": [
    "operations/import/adopt/describe-cluster.ts: aws_ebs_csi_driver",
    "operations/import/adopt/describe-cluster.ts: aws_load_balancer_controller",
    "operations/import/adopt/describe-cluster.ts: cluster_autoscaler",
    "operations/import/adopt/describe-cluster.ts: coredns",
    "operations/import/adopt/describe-cluster.ts: metrics_server",
    "operations/import/eksctl/addons.ts: aws_ebs_csi_driver",
    "operations/import/eksctl/addons.ts: aws_load_balancer_controller",
    "operations/import/eksctl/addons.ts: cluster_autoscaler",
    "operations/import/eksctl/addons.ts: coredns",
    "operations/import/eksctl/addons.ts: karpenter",
    "operations/import/eksctl/addons.ts: metrics_server",
    "operations/import/eksctl/capabilities.ts: argo_cd",
    "operations/import/eksctl/cluster.ts: flux",
    "operations/import/eksctl/identity.ts: aws_efs_csi_driver",
    "operations/import/eksctl/identity.ts: aws_load_balancer_controller",
    "operations/import/eksctl/identity.ts: cert_manager",
    "operations/import/eksctl/identity.ts: cluster_autoscaler",
    "operations/import/eksctl/identity.ts: external_dns",
    "operations/import/eksctl/nodes/instances.ts: aws_node_termination_handler",
    "operations/import/eksctl/nodes/node-access.ts: aws_ebs_csi_driver",
    "operations/import/eksctl/nodes/node-access.ts: aws_efs_csi_driver",
    "operations/import/eksctl/nodes/node-access.ts: aws_fsx_csi_driver",
    "operations/import/eksctl/nodes/node-access.ts: aws_load_balancer_controller",
    "operations/import/eksctl/nodes/node-access.ts: cert_manager",
    "operations/import/eksctl/nodes/node-access.ts: external_dns",
    "operations/import/eksctl/nodes/node-groups.ts: cluster_autoscaler",
  ],
  "prices come from Karpenter's own list": ["aws/refresh/prices.ts: karpenter"],
  "what Kubernetes or an addon created in AWS must go before the stacks": [
    "operations/destroy/clear-cluster.ts: karpenter",
    "operations/destroy/report.ts: velero",
  ],
  "certificates that another addon renews": ["operations/ci/certificates.ts: cert_manager"],
  "addons that a new cluster with a domain needs": [
    "operations/init/definition-files.ts: cert_manager",
    "operations/init/definition-files.ts: external_dns",
  ],
};

/** An addon's key, the name of its file and the name of its constant, as a whole word. */
function spellings(addon: string): RegExp {
  const kebab = addon.replaceAll("_", "-");
  const camel = addon.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return new RegExp(`(?<![A-Za-z0-9_])(?:${addon}|${kebab}|${camel})(?![A-Za-z0-9_])`);
}

test("sources outside addons/ name a single addon only if a reason is listed", () => {
  const sources = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  ).filter((file) => /\.(?:ts|mjs|cjs)$/.test(file));
  const addons = Object.keys(catalogue).map((addon) => [addon, spellings(addon)] as const);
  const named = [...sources, "main.ts", "launch.mjs"].flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return addons.flatMap(([addon, words]) => (words.test(text) ? [`${file}: ${addon}`] : []));
  });

  expect(named.sort()).toEqual(Object.values(NAMED).flat().sort());
});
