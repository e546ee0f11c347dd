import type { z } from "zod";
import type { PolicyStatement } from "../../language/words/iam";
import type { Path } from "../../language/yaml/tree";
import type { AddonContext } from "./addon-context";
import type { Values } from "./workload";

/** A bucket that holds what an addon writes; its role may read and write it. */
export interface AddonBucket {
  /** One that exists already, with the key that encrypts it, or null for one of the cluster's own. */
  readonly existing: { readonly name: string; readonly kms_key_arn: string | null } | null;
  /** Days after which objects of a bucket of our own go; null leaves that to the addon. */
  readonly expire_days: number | null;
}

/** A further chart of an addon, as a release beside its own. */
export interface AddonChart<Options extends z.ZodType> {
  /** Its key in the charts of a release, such as `karpenter_crd`; part of a state address, so it never changes. */
  readonly chart: string;
  /** before: what the addon's own chart needs, such as its CRDs. after: what needs the addon, such as its policies. */
  readonly order: "before" | "after";
  /** Absent for always. */
  included?(context: AddonContext, options: z.output<Options>): boolean;
  /** Where its releases go, made for them; absent for the addon's own namespace. */
  readonly namespace?: { readonly name: string; pod_security(options: z.output<Options>): PodSecurity };
  /** Names of its releases where there are several, each with values of its own; absent for one, named by its key. */
  releases?(options: z.output<Options>): readonly string[];
  /** `release` is the name of one of several. */
  values(context: AddonContext, options: z.output<Options>, release?: string): Values;
}

/** CPU and memory that each pod of an item of an option requests. */
export interface AskedRoom {
  /** Of the item, within the addon's section of a definition. Its keys are `cpu` and `memory`. */
  readonly path: Path;
  readonly cpu: string;
  readonly memory: string;
}

/** A further service account with AWS permissions of its own. */
export interface AddonIdentity<Options extends z.ZodType> {
  readonly service_account: string;
  permissions(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
}

/** Pods of an addon on Fargate, where EKS Pod Identity has no agent, and the kubelet's ports are taken. */
export interface FargatePods {
  /** Labels that they have, by which profiles select them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Path in the values for annotations of their service account, which name the role; absent if they call no AWS API. */
  readonly annotations?: readonly string[];
}

/** Levels of the Pod Security Standards, from the laxest to the strictest. */
export type PodSecurity = "privileged" | "baseline" | "restricted";
