/** The interface of the cluster for workers and addons. */
export interface ClusterRef {
  readonly name: string;
  readonly arn: string;
  /** https:// address of the Kubernetes API. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate that signs the API's. */
  readonly certificate_authority_data: string;
  /** Kubernetes minor version of the control plane. */
  readonly kubernetes_version: string;
  /** https:// address of the issuer of service account tokens. */
  readonly oidc_issuer: string;
  readonly oidc_provider_arn: string;
  /** Made by EKS and on the control plane's interfaces only: see `SecurityGroups`. */
  readonly cluster_security_group_id: string;
  /** Shared by all nodes. */
  readonly node_security_group_id: string;
  /** A node without the range of Services does not join. */
  readonly service_ipv4_cidr: string;
  /** The range of Services in an IPv6 cluster, which has no other; absent everywhere else. */
  readonly service_ipv6_cidr?: string;
}
