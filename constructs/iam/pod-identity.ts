import type { PolicyDocumentStatement } from "./policy";

/**
 * Pod Identity tags each session with its cluster, namespace and service account; holding it to them keeps a role from being
 * given to anyone else, by an association of another cluster of the account.
 */
export function servedAccount(clusterArn: string, namespace: string, serviceAccount: string) {
  return {
    StringEquals: {
      "aws:RequestTag/eks-cluster-arn": clusterArn,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
  };
}

/** Lets EKS Pod Identity give a role to one service account of one cluster. */
export function podIdentityTrust(
  clusterArn: string,
  namespace: string,
  serviceAccount: string,
): PolicyDocumentStatement {
  return { ...UNTAGGED_TRUST, Condition: servedAccount(clusterArn, namespace, serviceAccount) };
}

/** The same where sessions have no tags: then nothing tells this association from others of the account. */
export const UNTAGGED_TRUST: PolicyDocumentStatement = {
  Effect: "Allow",
  Principal: { Service: "pods.eks.amazonaws.com" },
  Action: ["sts:AssumeRole", "sts:TagSession"],
};
