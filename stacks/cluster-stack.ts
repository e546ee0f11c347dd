import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { RenderedStack } from "../cdktf/rendered-stack";
import type { Account, Cluster } from "../fleet/model/cluster";
import { type StackName, stackId, stateKey, TERRAFORM_VERSIONS } from "../fleet/model/stacks";
import type { Owner } from "../fleet/plan/owner";

/** Settings that cdktf 0.21 has no property for. */
export const TERRAFORM_SETTINGS = {
  required_version: TERRAFORM_VERSIONS,
  backend: { s3: { use_lockfile: true } },
} as const;

/** One of a cluster's stacks: its state in the account's bucket, its AWS provider in the account and region. */
export abstract class ClusterStack extends RenderedStack {
  /** Checks what the hook of `extensions/` made of the stack. */
  afterHook: ((json: Readonly<Record<string, unknown>>) => void) | undefined;

  constructor(
    scope: Construct,
    readonly kind: StackName,
    readonly cluster: Cluster,
    readonly owner: Owner,
  ) {
    super(scope, stackId(cluster.slug, kind), TERRAFORM_SETTINGS);
    const { account } = cluster;

    // `encrypt` without a key makes S3 use a key of its own, in place of the key of a bucket that `fleet bootstrap` created.
    const encrypt = account.bootstrap === undefined;
    new S3Backend(this, { ...stateLocation(cluster, kind), ...(encrypt && { encrypt }) });

    const role = new TerraformVariable(this, "role_arn", {
      type: "string",
      description: `Role that Terraform assumes in the account. Plans of pull requests set TF_VAR_role_arn to the read-only ${account.roles.plan}.`,
      default: account.roles.deploy,
    });
    new AwsProvider(this, "aws", {
      region: owner.region,
      allowedAccountIds: [account.id], // credentials of another account are an error, not a cluster in the wrong place
      assumeRole: [{ roleArn: role.stringValue }],
      defaultTags: [{ tags: { ...owner.tags, Stack: kind } }],
    });
  }

  override toTerraform(): Record<string, unknown> {
    const json = super.toTerraform();
    this.afterHook?.(json);
    return json;
  }
}

/** Returns the location of a stack's state, for its backend and for the stacks that read its outputs. */
export function stateLocation(cluster: Pick<Cluster, "name" | "account">, kind: StackName) {
  const { bucket, region, role_arn }: Account["state"] = cluster.account.state;
  return {
    bucket,
    region,
    key: stateKey(cluster.name, kind),
    ...(role_arn !== null && { assumeRole: { roleArn: role_arn } }),
  };
}
