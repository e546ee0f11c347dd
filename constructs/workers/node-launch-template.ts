import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import type { Worker } from "../../fleet/model/cluster";
import { excludesMix } from "../../fleet/nodes/worker-kind";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { blockDevices } from "./block-devices";
import { instanceOptions } from "./instance-options";
import { instancePlacement } from "./instance-placement";
import { nodeInterfaces } from "./node-interfaces";

/** Resources that Auto Scaling creates for a node. Terraform's default tags do not reach them. */
const TAGGED = ["instance", "volume", "network-interface"] as const;

export interface NodeLaunchTemplateProps {
  readonly owner: Owner;
  readonly group: NodeGroupPlan;
  /** The security group of all nodes, and those of this group of nodes alone. */
  readonly securityGroupIds: readonly string[];
  /** Undefined if EKS chooses the image. */
  readonly imageId: string | undefined;
  /** Undefined if there is nothing to add to EKS's own. */
  readonly userData: string | undefined;
  /** Undefined for a managed group, whose profile EKS creates. */
  readonly instanceProfileArn?: string;
}

/** The launch template of a group: one security group with the cluster's tag, encrypted volumes, metadata for the node alone. */
export class NodeLaunchTemplate extends Construct {
  readonly templateId: string;
  /** The newest version, as a reference: a group that follows it rolls when the template changes. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: NodeLaunchTemplateProps) {
    super(scope, id);
    const { group, imageId, instanceProfileArn, owner, securityGroupIds, userData } = props;
    const { names, worker } = group;
    const name = names.launchTemplate;
    const template = new LaunchTemplate(this, "Resource", {
      name,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: worker.metadata_options.http_put_response_hop_limit,
        instanceMetadataTags: "disabled", // EC2 refuses tags with a slash, which Kubernetes' own tags have
      },
      ...nodeInterfaces(worker, [...securityGroupIds, ...worker.additional_security_group_ids]),
      ...instancePlacement(this, owner.slug, worker),
      // Other groups name their types themselves, because they can have several.
      ...(excludesMix(worker) && { instanceType: worker.instance_types[0] }),
      blockDeviceMappings: blockDevices(group),
      monitoring: { enabled: worker.detailed_monitoring },
      tagSpecifications: TAGGED.map((resourceType) => ({
        resourceType,
        tags: { ...owner.tags, ...worker.instance_tags, Name: worker.instance_name ?? name },
      })),
      ...instanceOptions(worker),
      ...this.ownKeyPair(name, worker),
      ...given({
        imageId,
        userData,
        iamInstanceProfile: instanceProfileArn === undefined ? undefined : { arn: instanceProfileArn },
      }),
    });
    this.templateId = template.id;
    this.version = template.getStringAttribute("latest_version");
  }

  /**
   * Creates a key pair. It holds a public key only, so no secret is in the state. EC2 cannot change a key pair, and nodes that run
   * keep the key with which they started. Therefore another key has another name: the launch template changes, and the group rolls.
   */
  private ownKeyPair(template: string, { public_key }: Worker): { readonly keyName?: string } {
    if (public_key === null) return {};
    const [type, key] = public_key.split(" "); // a comment follows, whose change replaces nothing
    const keyName = boundedName(template, shortHash(`${type} ${key}`), NAME_LIMITS.key_pair);
    return { keyName: new KeyPair(this, "key-pair", { keyName, publicKey: public_key }).keyName };
  }
}
