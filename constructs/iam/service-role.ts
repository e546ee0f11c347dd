import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { policyJson } from "./policy";
import { roleArn, roleSettings } from "./role-settings";

export interface ServiceRoleProps {
  /** Within NAME_LIMITS.iam_role, unique in the account. */
  readonly name: string;
  /** Whose role it is: the account, and what its roles have in common. */
  readonly cluster: Pick<Cluster, "account" | "partition" | "tfvars">;
  /** Service principal that assumes it, such as `eks.amazonaws.com`. */
  readonly service: string;
  /** EKS tags the sessions it assumes; other services only assume. */
  readonly tag_session: boolean;
  /** Limits on whom the service acts for, against the confused deputy: operator -> key -> value. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Names of policies that AWS manages, such as `AmazonEKSClusterPolicy`. */
  readonly managed_policies: readonly string[];
}

/** An IAM role for an AWS service. */
export class ServiceRole extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The same ARN written out, for policy documents; whoever uses it waits for `ready`. */
  readonly literalArn: string;
  /** The role, and what it may do: it is of use only once these exist. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      name: props.name,
      ...roleSettings(props.cluster),
      assumeRolePolicy: policyJson([
        {
          Effect: "Allow",
          Principal: { Service: props.service },
          Action: props.tag_session ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
          ...(props.condition === undefined ? {} : { Condition: props.condition }),
        },
      ]),
    });
    const attachments = props.managed_policies.map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role: role.name,
          policyArn: `arn:${props.cluster.partition}:iam::aws:policy/${policy}`,
        }),
    );
    this.name = role.name;
    this.arn = role.arn;
    this.literalArn = roleArn(props.cluster, props.name);
    this.ready = [role, ...attachments];
  }
}
