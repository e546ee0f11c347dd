import type { z } from "zod";
import type { AwsService } from "./aws-services";

/** A Kubernetes object, as it would stand in a YAML file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [key: string]: unknown;
}

/** One statement of an IAM policy. A condition is `operator -> key -> values`, as in a policy document. */
export interface PolicyStatement {
  readonly sid?: string | undefined;
  readonly effect?: "Allow" | "Deny" | undefined;
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
  /** Days that logs are kept. */
  readonly logs_retention_days: number;
  /** Days that traces are kept. */
  readonly traces_retention_days: number;
  /** When backups are made, as cron in UTC; null for none. */
  readonly backup_schedule: string | null;
  /** Days that a backup is kept. */
  readonly backup_retention_days: number;
  /** Severity label of the platform's own alerts. */
  readonly alert_severity: string;
}

/** What a definition says of a cluster, as far as addons need it: known before anything is built. */
export interface AddonSubject {
  /** EKS name of the cluster, which is also the slug of its CLUSTER_NAME. */
  readonly cluster_name: string;
  readonly region: string;
  readonly partition: string;
  readonly account_id: string;
  /** The cluster's tier, such as `production`. */
  readonly tier: string;
  readonly kubernetes_version: string;
  /** Domain below which the cluster publishes its hostnames; null where the definition names none. */
  readonly k8s_base_domain: string | null;
  /** Id of the Route 53 zone that holds the domain; null where the account lists none. */
  readonly hosted_zone_id: string | null;
  /** Names of the worker groups whose size the autoscaler owns. */
  readonly autoscaled_workers: readonly string[];
  /** Keys of the addons that are enabled on this cluster. */
  readonly enabled: ReadonlySet<string>;
  /** Namespaces that belong to the platform: Kubernetes' own, and those of the addons that are enabled. In order. */
  readonly system_namespaces: readonly string[];
  /** Secret that holds the token with which the Teleport agent joins; null where there is none. */
  readonly teleport_secret: string | null;
  /** Address of the runbooks that alerts link to. */
  readonly runbooks_url: string;
  /** Operating systems of the groups of nodes, each once: AL2023, BOTTLEROCKET, WINDOWS. Karpenter's and Auto Mode's are none of them. */
  readonly operating_systems: readonly string[];
  /** Whether pods have addresses of IPv6 only: Go listens on both by 0.0.0.0, others do not, and some look for IPv4 alone. */
  readonly ipv6_pods: boolean;
  /** Whether the network has no way to the internet. */
  readonly private_network: boolean;
  /** Keys of the addons whose pods run on Fargate, as far as those say how they are known there. */
  readonly on_fargate: ReadonlySet<string>;
  /** Whether a Fargate profile takes the pods of CoreDNS. */
  readonly dns_on_fargate: boolean;
  /** Whether pods have subnets of their own: then the first interface of a node has none of their addresses. */
  readonly pods_in_own_subnets: boolean;
  /** Whether claims of the class gp3 get volumes: by the EBS driver, or by the classes of Auto Mode. */
  readonly volumes: boolean;
  /** Whether all nodes are EKS Auto Mode's: then it makes load balancers and volumes itself, by classes of its own. */
  readonly auto_mode_only: boolean;
  /** Pools of Karpenter whose nodes bring the driver of a GPU, and not what tells Kubernetes of it: those of Amazon Linux. */
  readonly gpu_pools: readonly string[];
  /** ARN of the role that Karpenter's nodes run as. */
  readonly karpenter_node_role_arn: string;
  /** Name of the bucket that is made for an addon, by the addon's key. */
  bucket_name(addon: string): string;
  /** The SQS queue that tells a controller which nodes are about to go; the workers' stack makes it. */
  interruption_queue(reader: "karpenter" | "node-termination-handler"): {
    readonly name: string;
    readonly arn: string;
    readonly url: string;
  };
}

/**
 * What an addon may know of its cluster when it is built. Values that exist only after an apply (`vpc_id`) are Terraform
 * references: use them inside short strings only.
 */
export interface AddonContext extends AddonSubject {
  readonly vpc_id: string;
  /** Address of the cluster's DNS service: the tenth of the service range, which in an IPv6 cluster only an apply knows. */
  readonly cluster_dns_ip: string;
  readonly service_level: ServiceLevel;
}

/** What an addon has to say against its own settings on this cluster. */
export interface AddonFinding {
  /** Within the addon's section of the definition, such as `["options", "bucket"]`. */
  readonly path: readonly (string | number)[];
  /** What was found, what is allowed, what to do. */
  readonly message: string;
  readonly severity?: "warning";
}

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

/** A further service account with AWS permissions of its own. */
export interface AddonIdentity<Options extends z.ZodType> {
  readonly service_account: string;
  permissions(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
}

/** Pods of an addon on Fargate, where EKS Pod Identity has no agent, and the kubelet's ports are taken. */
export interface FargatePods {
  /** Labels that they have, by which profiles select them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where the chart takes annotations of their service account, which bring the role; absent where they call no AWS API. */
  readonly annotations?: readonly string[];
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
  /** `hosted_zone`: k8s_base_domain, and the Route 53 zone that holds it. By its options where it can do without. */
  needs?(options: z.output<Options>): readonly AddonNeed[];
  /**
   * AWS services whose APIs its pods call: a cluster without the internet (`private: true`) gets an endpoint of each. Absent
   * where it calls none but those that every cluster reaches (EC2, ECR, EKS, S3, STS and Pod Identity).
   */
  aws_services?(options: z.output<Options>): readonly AwsService[];
  /**
   * What of the internet it cannot do without, as a clause such as `Let's Encrypt's servers`: a cluster with no way there
   * refuses it. Images do not count, because a registry inside can mirror them. Undefined, or absent, for nothing.
   */
  needs_internet?(options: z.output<Options>): string | undefined;
  /**
   * Why Fargate is no place for it, as a clause such as `runs a pod on every node`: a cluster without Linux nodes refuses it.
   * Absent where Fargate takes all of its pods.
   */
  readonly needs_nodes?: string;
  /** What matters where its pods run on Fargate. Absent where they cannot, or nothing is different there. */
  readonly fargate?: FargatePods;
  /** Architectures that its images are built for; absent for all that nodes may have. */
  readonly architectures?: readonly ("x86_64" | "arm64")[];
  /** Keys of addons that cannot run beside it. */
  readonly conflicts_with: readonly string[];
  /** API groups whose kinds it brings, such as `cert-manager.io`: without it, nobody knows objects of them. */
  readonly api_groups?: readonly string[];
  /** What people really set; defaults are in `definitions/defaults.yaml`. */
  readonly options: Options;
  /** Service account that gets the AWS permissions; absent where the addon calls no AWS API. */
  readonly service_account?: string;
  /** Least privilege, with the cluster's name in every condition that can carry it. Empty with options that need none. */
  permissions?(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
  /** Where it has more than one part that calls AWS. */
  readonly further_identities?: readonly AddonIdentity<Options>[];
  /** Absent, or undefined with these options, where it keeps nothing in S3. */
  bucket?(context: AddonContext, options: z.output<Options>): AddonBucket | undefined;
  /** Options that do not fit the cluster or each other, and warnings. */
  check?(subject: AddonSubject, options: z.output<Options>): readonly AddonFinding[];
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
  /** The templates of its charts put every pod on Linux: the same selector in values would stand there a second time. */
  readonly selects_linux?: true;
  /** Its CRDs come from a further chart: Helm would install those of its own once and never upgrade them. */
  readonly skip_crds?: boolean;
  /** Charts besides its own; each at the version that the release pins. */
  readonly further_charts?: readonly AddonChart<Options>[];
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

/** The keys of an addon's charts in a release: its own, and those it has besides. */
export function chartsOf(addon: Addon): readonly string[] {
  return addon.kind === "helm" ? [addon.name, ...(addon.further_charts ?? []).map(({ chart }) => chart)] : [];
}
