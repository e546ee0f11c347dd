import { Construct } from "constructs";
import type { Cluster } from "../../fleet/cluster";
import type { NetworkRef } from "../networking/network-ref";
import type { ClusterRef } from "./cluster-ref";

export interface EksControlPlaneProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
}

export class EksControlPlane extends Construct {
  readonly ref: ClusterRef;
  constructor(scope: Construct, id: string, { cluster }: EksControlPlaneProps) {
    super(scope, id);
    const later = (attribute: string) => `\${aws_eks_cluster.eks.${attribute}}`;
    this.ref = {
      name: cluster.slug,
      arn: later("arn"),
      endpoint: later("endpoint"),
      certificate_authority_data: later("certificate_authority[0].data"),
      kubernetes_version: cluster.tfvars.cluster.kubernetes_version,
      oidc_issuer: later("identity[0].oidc[0].issuer"),
      oidc_provider_arn: later("oidc"),
      cluster_security_group_id: later("vpc_config[0].cluster_security_group_id"),
      node_security_group_id: later("node"),
      service_ipv4_cidr: cluster.tfvars.cluster.service_ipv4_cidr,
    };
  }
}
