import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonSubject } from "../../addons/contract/addon-context";
import { createdBucketName } from "../../addons/parts/bucket";
import type { ExtraChart } from "../../fleet/addons/extras";
import type { Owner } from "../../fleet/plan/owner";
import { literalStatement } from "../../language/words/iam";
import { ownNamespace } from "../helm/own-namespace";
import { releaseSettings } from "../helm/release-settings";
import { effective } from "../iam/effective-associations";
import { leaveBucketBehind, PrivateBucket } from "../storage/private-bucket";
import { valuesText } from "../values/values-text";
import { bucketPermissions } from "./addon-bucket";
import { addonRole } from "./addon-role";

export interface ExtraReleaseProps {
  readonly owner: Owner;
  readonly context: Pick<AddonSubject, "account_id" | "cluster_name" | "partition">;
  readonly extra: ExtraChart;
  readonly after: readonly ITerraformDependable[];
}

/** A chart that is not in the catalogue, at the version that the definition pins. */
export class ExtraRelease extends Construct {
  readonly ready: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExtraReleaseProps,
  ) {
    super(scope, id);
    const { after, extra } = props;
    const { chart, name, namespace, repository, values = {}, version, wait } = extra;
    const prepared = [...this.ownNamespace(), ...this.identity(), ...after];
    this.ready = new Release(this, "Resource", {
      name,
      namespace,
      repository,
      chart,
      version,
      values: [valuesText({}, values)],
      ...releaseSettings(wait),
      dependsOn: prepared,
    });
  }

  private ownNamespace(): readonly ITerraformDependable[] {
    const { after, extra } = this.props;
    if (extra.pod_security === null) return [];
    const { namespace_annotations, namespace_delete_minutes, namespace_labels, values } = extra;
    const namespace = ownNamespace(this, "namespace", {
      name: extra.namespace,
      podSecurity: extra.pod_security,
      settings: {
        labels: namespace_labels,
        annotations: namespace_annotations,
        delete_minutes: namespace_delete_minutes,
      },
      values: [values],
      after,
    });
    return [namespace];
  }

  /** Creates the role before the release: a pod that is created before its service account has a role never gets one. */
  private identity(): readonly ITerraformDependable[] {
    const { context, extra, owner } = this.props;
    const { namespace, permissions = [], service_account } = extra;
    const bucket = this.bucket();
    if (service_account === undefined) return [];
    const role = addonRole(this, "role", {
      owner,
      addon: `extra-${extra.name}`, // no other role of the cluster begins like this
      namespace,
      serviceAccount: service_account,
      permissions: [
        ...permissions.map(literalStatement),
        ...(bucket === undefined ? [] : bucketPermissions(context.partition, bucket)),
      ],
    });
    const association = new EksPodIdentityAssociation(this, "identity", {
      clusterName: context.cluster_name,
      namespace,
      serviceAccount: service_account,
      roleArn: role.arn,
    });
    return [...(bucket?.ready ?? []), ...role.ready, ...effective(this, [association])];
  }

  private bucket(): PrivateBucket | undefined {
    const { context, extra, owner } = this.props;
    if (extra.bucket === undefined) {
      leaveBucketBehind(this, "bucket");
      return undefined;
    }
    return new PrivateBucket(this, "bucket", {
      name: createdBucketName(context, extra.name),
      owner,
      expireDays: extra.bucket.expire_days,
      encryption: { by: "own key", statements: [] },
      statements: [],
    });
  }
}
