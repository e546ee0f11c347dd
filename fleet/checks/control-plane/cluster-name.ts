import { NAME_LIMITS } from "../../../aws/names";
import type { Check } from "../../rules/finding";

const NAME = ["meta", "CLUSTER_NAME"] as const;

/** Rules about the cluster's name. EKS uses it as it is; every other derived name is shortened to fit (`boundedName`). */
export const clusterNameRules: readonly Check[] = [
  ({ definition }) => {
    // ec2:CreateSecurityGroup. The names of the cluster's security groups begin with the cluster's name.
    if (!definition.meta.CLUSTER_NAME.startsWith("sg-")) return [];
    const message = "must not start with sg-. AWS reserves such names for the ids of security groups";
    return [{ path: NAME, message }];
  },
  ({ definition }) => {
    const { length } = definition.meta.CLUSTER_NAME;
    if (length <= NAME_LIMITS.eks_cluster) return [];
    const message = `must have at most ${NAME_LIMITS.eks_cluster} characters, the limit of EKS, but has ${length}. Shorten it`;
    return [{ path: NAME, message }];
  },
];
