import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";
import { policyData, policyOf } from "../parts/policy";
import data from "./ebs-csi-driver-v2.policy.json";

const policy = policyData.parse(data);

/** The EKS add-on passes the cluster's name to its driver, and from 1.58 the driver puts this tag on all that it creates. */
export const CLUSTER_TAG = "ebs.csi.aws.com/cluster-name";

/** Returns what the driver may do to the volumes and snapshots of its cluster, and with the keys that encrypt them. */
export function ebsPermissions(context: AddonContext, kms_keys: readonly string[]): readonly PolicyStatement[] {
  return policyOf(policy, context, { kms_keys }, kms_keys.length === 0 ? [] : ["kms_keys"]);
}

/** Returns the statements about keys alone, for others that create volumes. */
export function useOfKeys(context: AddonContext, kms_keys: readonly string[]): readonly PolicyStatement[] {
  return kms_keys.length === 0 ? [] : policyOf({ ...policy, statements: [] }, context, { kms_keys }, ["kms_keys"]);
}
