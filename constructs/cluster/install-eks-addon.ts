import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Values } from "../../addons/contract/addon";
import { given } from "../../language/given";
import { configurationText } from "../values/values-text";

type ConflictResolution = "NONE" | "OVERWRITE" | "PRESERVE";

export interface EksAddonInstallation {
  readonly clusterName: string;
  /** The add-on's name at AWS, such as `vpc-cni`. */
  readonly name: string;
  readonly version: string;
  /** Our part of its configuration. */
  readonly values: Values;
  /** The definition's part, which wins. */
  readonly definitionValues: Values;
  /** Handling of fields that something else changed in the cluster; EKS decides by default. */
  readonly conflicts: {
    readonly onCreate?: ConflictResolution | undefined;
    readonly onUpdate?: ConflictResolution | undefined;
  };
  /** True if the add-on's objects stay in the cluster when the add-on is removed. */
  readonly preserve?: boolean | undefined;
  /** Roles that EKS Pod Identity gives to the add-on's service accounts. */
  readonly identities: readonly { readonly serviceAccount: string; readonly roleArn: string }[];
  readonly after: readonly ITerraformDependable[];
}

/** Creates the resource of an EKS add-on. */
export function installEksAddon(scope: Construct, id: string, addon: EksAddonInstallation): EksAddon {
  const { after, clusterName, conflicts, definitionValues, identities, name, preserve, values, version } = addon;
  return new EksAddon(scope, id, {
    clusterName,
    addonName: name,
    addonVersion: version,
    // Set even if it is empty: the provider leaves an absent configuration as it is, and removed values would stay.
    configurationValues: configurationText(values, definitionValues),
    ...given({
      resolveConflictsOnCreate: conflicts.onCreate,
      resolveConflictsOnUpdate: conflicts.onUpdate,
      preserve,
      podIdentityAssociation: identities.length === 0 ? undefined : [...identities],
      dependsOn: after.length === 0 ? undefined : [...after],
    }),
    timeouts: { create: "25m", update: "25m", delete: "10m" }, // EKS itself gives up on an add-on's pods after 20 minutes
  });
}
