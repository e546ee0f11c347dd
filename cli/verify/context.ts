/** Endpoints of EKS: of IPv4 clusters, and of dual-stack ones. */
const OF_EKS =
  /(?:\.eks\.amazonaws\.com(?:\.cn)?|\.eks-cluster\.[a-z0-9-]+\.api\.(?:aws|amazonwebservices\.com\.cn))(?::\d+)?\/?$/;

/**
 * Returns the reason why a context cannot be used for a check that creates objects; undefined if it can. There is no default context, and a
 * server of EKS is refused.
 */
export function refusedContext(context: string | undefined, server: string | undefined): string | undefined {
  if (context === undefined || context === "")
    return "VERIFY_CONTEXT is not set. This check creates namespaces and CRDs. Name the kubeconfig context of a throw-away cluster, such as make verify-cluster VERIFY_CONTEXT=kind-verify";
  if (server === undefined) return `the kubeconfig does not have the context ${context}`;
  if (OF_EKS.test(server))
    return `the context ${context} belongs to ${server}, which is an EKS cluster. Use a throw-away cluster, such as one that kind creates`;
  return undefined;
}
