import type { PolicyDocumentStatement } from "./policy";
import { serviceTrust } from "./service-trust";

const SERVICE = "pods.eks.amazonaws.com";

/**
 * Lets EKS Pod Identity give a role to one service account of one cluster. Pod Identity tags each session with its cluster,
 * namespace and service account. Without the condition, an association of another cluster of the account could use the role.
 */
export function podIdentityTrust(
  clusterArn: string,
  namespace: string,
  serviceAccount: string,
): PolicyDocumentStatement {
  const condition = {
    StringEquals: {
      "aws:RequestTag/eks-cluster-arn": clusterArn,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
  };
  return serviceTrust(SERVICE, { tagsSessions: true, condition });
}

/** The same for sessions without tags: nothing then distinguishes the association from others of the account. */
export const UNTAGGED_TRUST: PolicyDocumentStatement = serviceTrust(SERVICE, { tagsSessions: true });
