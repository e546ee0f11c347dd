import { invokesActions } from "./actions";
import { addsClusterAdmin } from "./cluster-admins";
import { destroysInProtectedTier, destroysIrreplaceable, recreatesVanished, replacesNodes } from "./destroys";
import { exposes } from "./exposure";
import { widensEndpoint, widensNetwork } from "./network";
import { widensPermissions } from "./permissions";
import { removesProtection } from "./protection";
import type { RuleTable } from "./rule";
import { rollsAddons, rollsNodes } from "./shares";
import {
  changesManyClusters,
  endsUsedStack,
  isIncomplete,
  isOfOtherTerraform,
  isStale,
  movesControlPlane,
} from "./whole-plan";

const NO_VALUES = "no value is read";
const KEEP = "Keep the resource: restore its key or its address, with a moved block after a rename. ";
const FORGET = "To leave it in AWS, use a removed block with destroy = false.";

/** Every rule, in the order in which findings are printed. */
export const RULES: RuleTable = {
  "destroy-control-plane": {
    stops: "destroying or replacing an EKS control plane",
    why: "every object in the cluster is lost, and every kubeconfig, issuer and trust policy is invalid",
    proceed: KEEP + FORGET,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-control-plane"),
  },
  "destroy-network": {
    stops: "destroying or replacing a VPC or a subnet",
    why: "nodes, load balancers, endpoints and connections are in it, and addresses change",
    proceed: KEEP + FORGET,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-network"),
  },
  "destroy-key": {
    stops: "destroying or replacing a KMS key",
    why: "nothing can decrypt what the key encrypted",
    proceed: KEEP + FORGET,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-key"),
  },
  "destroy-identity-provider": {
    stops: "destroying or replacing an OIDC provider",
    why: "every role that trusts it, in any account, stops working",
    proceed: KEEP,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-identity-provider"),
  },
  "destroy-data": {
    stops:
      "destroying or replacing a bucket, volume, snapshot, file system, backup vault, table, database, repository, secret, DNS zone or volume claim",
    why: "Terraform creates an empty one in its place",
    proceed: `Copy the data first. ${FORGET}`,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-data"),
  },
  "destroy-audit-log": {
    stops: "destroying or replacing a log group of a control plane or of flow logs, or a trail",
    why: "the record of who did what is lost",
    proceed: `Export the log first. ${FORGET}`,
    unknown: NO_VALUES,
    find: destroysIrreplaceable("destroy-audit-log"),
  },
  "recreate-vanished": {
    stops: "creating again what was deleted outside of Terraform",
    why: "the plan shows only something new, but the old object was deleted, with its content",
    proceed: "Find out who deleted it and why. Restore and import it, or remove it from the definition.",
    unknown: NO_VALUES,
    find: recreatesVanished,
  },
  "replace-nodes": {
    stops:
      "replacing a node group, Auto Scaling group, launch template, Fargate profile or instance that is deleted first",
    why: "its pods have no node until the new one is ready",
    proceed: "Add a group with the new settings, and remove the old one in a later change.",
    unknown: NO_VALUES,
    find: replacesNodes,
  },
  "protected-tier": {
    stops: "destroying or replacing anything else in a tier with `guard.protected`",
    why: "in such a tier a person has to review everything that is destroyed",
    proceed: KEEP + FORGET,
    unknown: NO_VALUES,
    find: destroysInProtectedTier,
  },
  "remove-protection": {
    stops:
      "turning off deletion protection, versioning, a key or its rotation, encryption with a key, the audit log, a trail, flow logs, backups, tokens of instance metadata, pod security, a block of public access or bucket-owner-enforced ownership, or turning on `force_destroy`",
    why: "the next plan could delete what this setting keeps",
    proceed: "Keep the setting.",
    unknown: "an unknown value counts as turned off",
    find: removesProtection,
  },
  "roll-nodes": {
    stops:
      "replacing more than `guard.max_nodes_percent` of a cluster's nodes, or all groups of one kind, in one plan: by a release, an image, a launch template or a smaller `max_size`",
    why: "a bad image or setting stops the whole cluster",
    proceed: "Change one group after another, or raise guard.max_nodes_percent of the tier.",
    unknown: "an unknown launch template version counts as another one",
    find: rollsNodes,
  },
  "roll-addons": {
    stops:
      "changing more than `guard.max_addons_percent` of a stack's Helm releases and EKS add-ons, or all of one kind, if there are at least 2",
    why: "a bad release breaks all of them at the same time",
    proceed: "Change some addons first, or raise guard.max_addons_percent of the tier.",
    unknown: "an unknown value counts as another one",
    find: rollsAddons,
  },
  "clusters-at-once": {
    stops: "changing more clusters of a tier in one call than `guard.max_clusters_at_once`",
    why: "a mistake must show in one cluster before it reaches the next",
    proceed: "Apply the clusters one after another, each with its own call.",
    unknown: NO_VALUES,
    find: changesManyClusters,
  },
  "widen-permissions": {
    stops:
      "IAM that allows more than before: `*` as action, resource or principal, a pattern of actions that write, a broader pattern, another whole account, a lost or looser condition, a lost `Deny`, a lost permissions boundary, a full-access policy of AWS, a public ACL, a grant of a key to a whole account or with `CreateGrant`, a permanent key or a password of a user; a new role with its policies only for everything or everyone",
    why: "the role, or everyone who can reach the resource, may do more than was reviewed",
    proceed: "Name the actions, resources and principals.",
    unknown: "an unknown policy in the place of a known one is stopped; of a new resource it is a note",
    find: widensPermissions,
  },
  "widen-network": {
    stops:
      "a rule or a list of ranges that opens ports to the internet (0.0.0.0/0, ::/0 or a block larger than /8 or /16), or that widens the range or the ports of an existing one, or gives it a list of ranges; outward rules count on an existing group. Also a public address for a subnet, nodes, a load balancer or a database, and a route of an existing table to an internet gateway",
    why: "more machines reach the cluster than before",
    proceed: "Name the ranges of those who need it.",
    unknown: "an unknown range in the place of a known one is stopped; of a new rule it is a note",
    find: (guarded, surroundings) => [...widensNetwork(guarded, surroundings), ...exposes(guarded, surroundings)],
  },
  "widen-endpoint": {
    stops: "a public API endpoint where there was none, or for more ranges; a new cluster's only for the internet",
    why: "more machines reach the Kubernetes API",
    proceed: "Use the private endpoint, or name the ranges of those who need it.",
    unknown: "unknown ranges of an existing public endpoint are stopped",
    find: widensEndpoint,
  },
  "add-cluster-admin": {
    stops:
      "a new administrator of an existing cluster: an access entry, a policy association, a binding of `cluster-admin`, a cluster role that may do everything, or a mapping in `aws-auth`; also in manifests and in values of charts",
    why: "an administrator can read every secret and delete everything",
    proceed: "Use AmazonEKSEditPolicy or AmazonEKSAdminPolicy in namespaces.",
    unknown: "an unknown access policy is stopped",
    find: addsClusterAdmin,
  },
  "run-action": {
    stops:
      "an action that the plan runs beside its changes, in a tier with `guard.protected` (Terraform 1.14 and later)",
    why: "what an action does, such as stopping an instance, is in no plan",
    proceed: "Run the action by hand, or remove its trigger.",
    unknown: NO_VALUES,
    find: invokesActions,
  },
  "control-plane-version": {
    stops: "a control plane that skips a minor version, or goes down",
    why: "EKS upgrades one minor version at a time, and reverts an upgrade only within 7 days, nodes first",
    proceed: "Upgrade one minor version at a time.",
    unknown: "an unknown version is stopped",
    find: movesControlPlane,
  },
  "stack-in-use": {
    stops:
      "destroying a stack that another stack or network still uses, by the plans of the call, or else by the definitions",
    why: "the other stack can neither be planned nor destroyed any more",
    proceed: "Destroy the other stacks first, or give their plans in the same call.",
    unknown: NO_VALUES,
    find: endsUsedStack,
  },
  "plan-incomplete": {
    stops: "a plan that has errors, postponed changes or an unknown action, or covers only some resources (`-target`)",
    why: "it does not show every change, or does not explain a change",
    proceed: "Fix the error, and plan again. For an unknown action, use a later version of fleet.",
    unknown: NO_VALUES,
    find: isIncomplete,
  },
  "terraform-version": {
    stops: "a plan of a Terraform version that must not apply the stacks",
    why: "an older Terraform does not lock the state, and a newer one changes its format",
    proceed: "Plan with the Terraform version of the pipeline.",
    unknown: NO_VALUES,
    find: isOfOtherTerraform,
  },
  "stale-plan": {
    stops: "a plan that is more than 5 minutes older than the commit",
    why: "it does not come from this code",
    proceed: "Plan again, or name the commit of the plan with --commit.",
    unknown: NO_VALUES,
    find: isStale,
  },
};
