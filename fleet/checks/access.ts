import type { AccessEntry } from "../cluster";
import type { Check, Finding } from "./finding";

const ENTRIES = ["tfvars", "cluster", "access_entries"] as const;

/** Somebody besides the deploying role can get in, and nobody is named twice. */
export const checkAccess: Check = ({ definition, account }) => {
  const { access_entries } = definition.tfvars.cluster;
  const path = ENTRIES;
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
  const path = [...ENTRIES, index];
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
