import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import { excludesMix } from "../../fleet/nodes/worker-kind";
import type { ClusterRef } from "../cluster/cluster-ref";
import { ownershipTags } from "../cluster/ownership-tags";
import { blockDevices } from "./block-devices";
import { instanceOptions } from "./instance-options";
import { instancePlacement } from "./instance-placement";
import { nodeInterfaces } from "./node-interfaces";

/** What Auto Scaling makes for a node, and Terraform's default tags do not reach. */
const TAGGED = ["instance", "volume", "network-interface"] as const;

export interface NodeLaunchTemplateProps {
  readonly cluster: Cluster;
  readonly eks: ClusterRef;
  readonly worker: Worker;
  /** Undefined leaves the image to EKS. */
  readonly imageId: string | undefined;
  /** Undefined where there is nothing to add to what EKS says. */
  readonly userData: string | undefined;
  /** Security groups that are made for this group of nodes alone. */
  readonly ownSecurityGroupIds: readonly string[];
  /** What a managed group gets from EKS and another must bring. */
  readonly instanceProfileArn?: string;
}

/** How every node starts, whoever starts it: one security group of the cluster's, encrypted volumes, metadata for the node alone. */
export class NodeLaunchTemplate extends Construct {
  readonly templateId: string;
  /** The newest version, as a reference: a group that follows it rolls when the template changes. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: NodeLaunchTemplateProps) {
    super(scope, id);
    const { cluster, eks, ownSecurityGroupIds, worker, imageId, userData, instanceProfileArn } = props;
    const name = boundedName(cluster.slug, worker.name, NAME_LIMITS.launch_template);
    const template = new LaunchTemplate(this, "Resource", {
      name,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: worker.metadata_options.http_put_response_hop_limit,
        instanceMetadataTags: "disabled", // EC2 would refuse every node for its tags of Kubernetes, which have a slash
      },
      // Of those tagged as the cluster's only this one: EKS's own is tagged too, and an interface may carry one such group.
      ...nodeInterfaces(worker, [
        eks.node_security_group_id,
        ...ownSecurityGroupIds,
        ...worker.additional_security_group_ids,
      ]),
      ...instancePlacement(this, cluster, worker),
      // Elsewhere the group names the types, of which there may be several.
      ...(excludesMix(worker) ? { instanceType: worker.instance_types[0] } : {}),
      blockDeviceMappings: blockDevices(worker),
      monitoring: { enabled: worker.detailed_monitoring },
      tagSpecifications: TAGGED.map((resourceType) => ({
        resourceType,
        tags: { ...ownershipTags(cluster), ...worker.instance_tags, Name: worker.instance_name ?? name },
      })),
      ...instanceOptions(worker),
      ...this.ownKeyPair(name, worker),
      ...(imageId === undefined ? {} : { imageId }),
      ...(userData === undefined ? {} : { userData }),
      ...(instanceProfileArn === undefined ? {} : { iamInstanceProfile: { arn: instanceProfileArn } }),
    });
    this.templateId = template.id;
    this.version = template.getStringAttribute("latest_version");
  }

  /** A key pair holds a public key only, so none of it is a secret in the state. */
  private ownKeyPair(keyName: string, { public_key }: Worker): { readonly keyName?: string } {
    if (public_key === null) return {};
    return { keyName: new KeyPair(this, "key-pair", { keyName, publicKey: public_key }).keyName };
  }
}
