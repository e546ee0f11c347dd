import type { AccessEntry } from "../cluster";
import { NAME_LIMITS } from "../names";
import { listed } from "../suggest";
import type { Check, Finding } from "./finding";
import { regionOf } from "./networking";

const CLUSTER = ["tfvars", "cluster"] as const;
const DAY = 24 * 60 * 60 * 1000;

/** How long before the end of support a warning begins: a quarter, the rhythm in which fleets upgrade. */
const WARNING_DAYS = 90;

/** EKS takes the name; every other derived name is shortened to fit (`boundedName`). */
export const checkName: Check = ({ definition }) => {
  const { CLUSTER_NAME } = definition.meta;
  // ec2:CreateSecurityGroup; the slug is where the names of the cluster's security groups begin.
  if (CLUSTER_NAME.startsWith("sg-")) {
    const message =
      "must not start with sg-: AWS refuses security groups of such a name, because their ids look the same";
    return [{ path: ["meta", "CLUSTER_NAME"], message }];
  }
  if (CLUSTER_NAME.length <= NAME_LIMITS.eks_cluster) return [];
  return [
    {
      path: ["meta", "CLUSTER_NAME"],
      message: `makes an EKS cluster name of ${CLUSTER_NAME.length} characters, and EKS takes ${NAME_LIMITS.eks_cluster}: shorten it`,
    },
  ];
};

/** The version is one that the release was tested with. */
export const checkKubernetesVersion: Check = ({ definition, release }) => {
  if (release === undefined) return [];
  const { kubernetes_version } = definition.tfvars.cluster;
  const known = Object.keys(release.kubernetes);
  if (known.includes(kubernetes_version)) return [];
  return [
    {
      path: [...CLUSTER, "kubernetes_version"],
      message: `release ${release.name} does not know Kubernetes ${kubernetes_version}; it knows ${listed(known)}`,
    },
  ];
};

/** Warns in time. Never an error: the same commit must build tomorrow. */
export const checkSupport: Check = ({ definition, support, today }) => {
  const { kubernetes_version, upgrade_policy } = definition.tfvars.cluster;
  const dates = support[kubernetes_version];
  if (dates === undefined) return [];
  const warn = (message: string): Finding[] => [
    { path: [...CLUSTER, "kubernetes_version"], message, severity: "warning" },
  ];
  const next = "upgrade to a later minor version";
  const { standard_until, extended_until } = dates;
  if (today > extended_until) {
    return warn(
      `support of Kubernetes ${kubernetes_version} ended on ${extended_until}: AWS upgrades the control plane without asking; ${next}`,
    );
  }
  if (today > standard_until) {
    const cost =
      upgrade_policy === "EXTENDED"
        ? `costs a surcharge until ${extended_until}`
        : "is upgraded by AWS (upgrade_policy: STANDARD)";
    return warn(
      `standard support of Kubernetes ${kubernetes_version} ended on ${standard_until}: the cluster ${cost}; ${next}`,
    );
  }
  const days = Math.round((Date.parse(standard_until) - Date.parse(today)) / DAY);
  if (days > WARNING_DAYS) return [];
  const when = days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`;
  return warn(`standard support of Kubernetes ${kubernetes_version} ends on ${standard_until}, ${when}: ${next}`);
};

/** The API can be reached, and from the internet only by those who are named. */
export const checkEndpoint: Check = ({ definition }) => {
  const { endpoint_private_access, endpoint_public_access, public_access_cidrs } = definition.tfvars.cluster;
  if (endpoint_public_access && public_access_cidrs.length === 0) {
    return [
      {
        path: [...CLUSTER, "endpoint_public_access"],
        given: [[...CLUSTER, "public_access_cidrs"]],
        message: "opens the API to the whole internet: list who may reach it in public_access_cidrs",
      },
    ];
  }
  if (!endpoint_public_access && public_access_cidrs.length > 0) {
    return [
      {
        path: [...CLUSTER, "public_access_cidrs"],
        given: [[...CLUSTER, "endpoint_public_access"]],
        message: "has no effect while endpoint_public_access is false: remove it, or open the endpoint",
      },
    ];
  }
  if (endpoint_private_access || endpoint_public_access) return [];
  return [
    {
      path: [...CLUSTER, "endpoint_private_access"],
      given: [[...CLUSTER, "endpoint_public_access"]],
      message: "must be true while endpoint_public_access is false: nobody could reach the API",
    },
  ];
};

/** Somebody besides the deploying role can get in, and nobody is named twice. */
export const checkAccess: Check = ({ definition, account }) => {
  const { access_entries } = definition.tfvars.cluster;
  const path = [...CLUSTER, "access_entries"];
  const findings = access_entries.flatMap((entry, index) => entryFindings(access_entries, entry, index));
  const administers = ({ access_policy, namespaces, principal_arn }: AccessEntry): boolean =>
    access_policy === "AmazonEKSClusterAdminPolicy" &&
    namespaces === undefined &&
    principal_arn !== account?.roles.deploy;
  // Administrators usually come from the account: without it nobody can say that there are none.
  if (account !== undefined && !access_entries.some(administers)) {
    const message =
      "must name at least one administrator (access_policy: AmazonEKSClusterAdminPolicy, no namespaces) besides the role that deploys: if that role is lost, so is the cluster";
    findings.push({ path, message });
  }
  return findings;
};

/** eks:CreateAccessEntry */
const RESERVED_GROUPS = ["system:", "eks:", "aws:", "amazon:", "iam:"];

function entryFindings(entries: readonly AccessEntry[], entry: AccessEntry, index: number): Finding[] {
  const path = [...CLUSTER, "access_entries", index];
  const first = entries.find(({ principal_arn }) => principal_arn === entry.principal_arn);
  const twice =
    first === undefined || first === entry
      ? []
      : [
          {
            path: [...path, "principal_arn"],
            message: `is the principal of the entry ${first.name} too: EKS takes one entry a principal`,
          },
        ];
  const reserved = (entry.kubernetes_groups ?? []).flatMap((group, place) =>
    RESERVED_GROUPS.some((start) => group.startsWith(start))
      ? [
          {
            path: [...path, "kubernetes_groups", place],
            message: `${group} is reserved: EKS refuses groups that start with ${RESERVED_GROUPS.join(", ")}`,
          },
        ]
      : [],
  );
  return [...twice, ...reserved];
}

/** Roles are of the region's partition: an aws role means nothing in China or GovCloud. */
export const checkPartition: Check = ({ definition, regions }) => {
  const { cluster, common } = definition.tfvars;
  const partition = regionOf({ definition, regions })?.partition;
  if (partition === undefined) return [];
  const arns = [
    ...cluster.access_entries.map(({ principal_arn }, index) => ({
      arn: principal_arn,
      path: [...CLUSTER, "access_entries", index, "principal_arn"],
    })),
    ...cluster.kms.administrators.map((arn, index) => ({ arn, path: [...CLUSTER, "kms", "administrators", index] })),
  ];
  return arns
    .filter(({ arn }) => !arn.startsWith(`arn:${partition}:`))
    .map(({ arn, path }) => ({
      path,
      given: [["tfvars", "common", "aws_region"]],
      message: `must be an ARN of partition ${partition}, as ${common.aws_region} is, got ${arn}`,
    }));
};
