import type { z } from "zod";

/** A Kubernetes object, as it would stand in a YAML file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [key: string]: unknown;
}

/** One statement of an IAM policy. A condition is `operator -> key -> values`, as in a policy document. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a service level promises; the numbers of each level are in `definitions/defaults.yaml`. */
export interface ServiceLevel {
  readonly name: string;
  /** Replicas of a controller that can run more than once. */
  readonly replicas: number;
  /** Days that Prometheus keeps its metrics. */
  readonly metrics_retention_days: number;
  /** GiB of the volume that holds them. */
  readonly metrics_volume_gib: number;
  /** Severity label of the platform's own alerts. */
  readonly alert_severity: string;
}

/**
 * What an addon may know of its cluster. Values that exist only after an apply (`vpc_id`) are Terraform references: use them
 * inside short strings only.
 */
export interface AddonContext {
  /** EKS name of the cluster, which is also the slug of its CLUSTER_NAME. */
  readonly cluster_name: string;
  readonly region: string;
  readonly partition: string;
  readonly account_id: string;
  readonly vpc_id: string;
  readonly kubernetes_version: string;
  /** Domain below which the cluster publishes its hostnames; null where the definition names none. */
  readonly k8s_base_domain: string | null;
  /** Id of the Route 53 zone that holds the domain; null where the account lists none. */
  readonly hosted_zone_id: string | null;
  /** Address of the cluster's DNS service: the tenth of the service range. */
  readonly cluster_dns_ip: string;
  readonly service_level: ServiceLevel;
  /** Names of the worker groups whose size the autoscaler owns. */
  readonly autoscaled_workers: readonly string[];
  /** Keys of the addons that are enabled on this cluster. */
  readonly enabled: ReadonlySet<string>;
}

/** Levels of the Pod Security Standards, from the laxest to the strictest. */
export type PodSecurity = "privileged" | "baseline" | "restricted";

/** What an addon cannot work without and no other addon can give it; checked before anything is synthesized. */
export type AddonNeed = "hosted_zone";

/** Helm values, configuration of an EKS add-on, or any part of them. */
export type Values = Readonly<Record<string, unknown>>;

interface AddonFacts<Options extends z.ZodType> {
  /** Its key in a definition: snake_case of the upstream name. It is part of state addresses, so it never changes. */
  readonly name: string;
  /** One line that says what a team gets. */
  readonly summary: string;
  readonly namespace: string;
  /** What the namespace's pods may do. Absent where the namespace is kube-system, which is not ours to label. */
  readonly pod_security?: PodSecurity;
  /** Keys of addons that must be enabled too, and are installed before this one. */
  readonly requires: readonly string[];
  /** Installed before this one where they are enabled, but not needed by it. */
  readonly after: readonly string[];
  /** Keys of addons whose CRDs its manifests use, where those addons are enabled: the addon itself does not wait for them. */
  readonly manifests_after?: readonly string[];
  /** `hosted_zone`: k8s_base_domain, and the Route 53 zone that holds it. */
  readonly needs?: readonly AddonNeed[];
  /** Keys of addons that cannot run beside it. */
  readonly conflicts_with: readonly string[];
  /** What people really set; defaults are in `definitions/defaults.yaml`. */
  readonly options: Options;
  /** Service account that gets the AWS permissions; absent where the addon calls no AWS API. */
  readonly service_account?: string;
  /** Least privilege, with the cluster's name in every condition that can carry it. */
  permissions?(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
  /** Helm values, or the EKS add-on's configuration values. The definition's own `values` are merged over them. */
  values(context: AddonContext, options: z.output<Options>): Values;
  /** Objects that go in beside the addon, once it runs. */
  manifests?(context: AddonContext, options: z.output<Options>): readonly Manifest[];
}

/** Installed by a Helm release; chart, repository and version are data of the release. */
export interface HelmAddon<Options extends z.ZodType = z.ZodType> extends AddonFacts<Options> {
  readonly kind: "helm";
  /**
   * Waits until its pods are ready, and undoes the release if they do not get there: for those that others lean on (webhooks,
   * an API, nodes). The rest must not hold up an apply for as long as the largest image takes to pull.
   */
  readonly wait: boolean;
}

/** Installed as an EKS add-on; its version is data of the release, per Kubernetes version. */
export interface EksAddon<Options extends z.ZodType = z.ZodType> extends AddonFacts<Options> {
  readonly kind: "eks";
  /** The name that EKS knows it by, such as `aws-ebs-csi-driver`. */
  readonly eks_name: string;
}

/** An addon with its options' type put aside, for code that treats all addons alike. */
export type Addon = HelmAddon | EksAddon;

/** Types `permissions`, `values` and `manifests` by the options' schema; it does nothing else. */
export function defineHelmAddon<Options extends z.ZodType>(
  addon: Omit<HelmAddon<Options>, "kind">,
): HelmAddon<Options> {
  return { kind: "helm", ...addon };
}

/** The same for an EKS add-on. */
export function defineEksAddon<Options extends z.ZodType>(addon: Omit<EksAddon<Options>, "kind">): EksAddon<Options> {
  return { kind: "eks", ...addon };
}
