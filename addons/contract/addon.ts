import type { z } from "zod";
import type { AwsService } from "../../aws/aws-services";
import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "./addon-context";
import type { AddonBucket, AddonChart, AddonIdentity, AskedRoom, FargatePods, PodSecurity } from "./addon-parts";
import type {
  ClusterService,
  CreatedStorageClass,
  FurtherSwitch,
  IngressClass,
  InstalledAlso,
  InstallSwitch,
  NamedIngressClass,
  OpenSwitch,
  PublishedHosts,
  ServedApi,
  ServedHost,
  WrittenPolicy,
} from "./cluster-wide";
import type { Dashboard } from "./dashboard";
import type { AddonFinding, AddonRule } from "./rule";
import type { Values, Workload } from "./workload";

export type { Values } from "./workload";

/** A Kubernetes object, as it would stand in a YAML file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [key: string]: unknown;
}

/** A requirement that no other addon can fulfil; checked before anything is synthesized. */
export type AddonNeed = "hosted_zone";

interface AddonFacts<Options extends z.ZodType> {
  /** Its key in a definition: snake_case of the upstream name. It is part of state addresses, so it never changes. */
  readonly name: string;
  /** Its purpose for a team, in one line. */
  readonly summary: string;
  readonly namespace: string;
  /** Pod Security Standard of the namespace. Absent for kube-system, whose labels this program does not change. */
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
   * Its required destinations on the internet, as a clause such as `Let's Encrypt's servers`: a cluster without a route to them
   * refuses it. Images do not count, because an internal registry can mirror them. Undefined, or absent, for none.
   */
  needs_internet?(options: z.output<Options>): string | undefined;
  /**
   * Why it does not run on Fargate, as a clause such as `runs a pod on every node`: a cluster without Linux nodes refuses it.
   * Absent if Fargate can run all of its pods.
   */
  readonly needs_nodes?: string;
  /**
   * Nodes that its replicas require, because its chart puts each on another one. Absent where they can share a node.
   *
   * @param replicas the service level's
   */
  spread_over?(replicas: number): number;
  /** Number of its pods on every Linux node, those of its DaemonSets, with these values of a definition; absent where it has none. */
  daemon_pods?(options: z.output<Options>, values: Values): number;
  /** Its settings on Fargate. Absent if its pods cannot run there, or need no other settings. */
  readonly fargate?: FargatePods;
  /** Its pods, and where its values have their requests, for `make size`. Absent if its values have none of them. */
  readonly workloads?: readonly Workload[];
  /** Requests of pods that its options set. */
  asks_room?(options: z.output<Options>): readonly AskedRoom[];
  /** Architectures that its images are built for; absent for all that nodes may have. */
  readonly architectures?: readonly ("x86_64" | "arm64")[];
  /** Keys of addons that cannot run beside it. */
  readonly conflicts_with: readonly string[];
  /** True if a cluster can have one only: the webhooks, APIs and kinds of a second one would be the first one's. */
  readonly singleton?: true;
  /** Other installers of the same software: an extra chart, an EKS add-on or an EKS capability. */
  readonly installed_also?: InstalledAlso;
  /** Switches in its values that would install another addon a second time. */
  readonly install_switches?: readonly InstallSwitch[];
  /** Switches in its values that let everybody in without a login. */
  readonly open_switches?: readonly OpenSwitch[];
  /** Work that other parts of the cluster rely on. */
  readonly provides?: readonly ClusterService[];
  /**
   * Its replacement in EKS Auto Mode, as a clause such as `runs DNS on every node`: a cluster whose nodes are all Auto Mode's
   * refuses it, and counts it as installed. Absent if Auto Mode has no replacement.
   */
  readonly auto_mode_brings?: string;
  /** True if hybrid nodes need it beside the nodes of Auto Mode. */
  readonly hybrid_nodes_need_it?: true;
  /**
   * Why it runs on, or is of use to, instances of EC2 only, as a clause such as `mounts volumes on instances of EC2` (EKS
   * guide to add-ons, compute types): a cluster whose nodes are all outside of AWS refuses it.
   */
  readonly needs_ec2?: string;
  /** Extension APIs that it serves. Two addons that serve one API cannot be installed together. */
  serves_apis?(values: Values): readonly ServedApi[];
  /** Ingress classes that it serves. */
  readonly ingress_classes?: readonly IngressClass<z.output<Options>>[];
  /** The class of its own Ingress. Absent if it never has one. */
  ingress_class?(options: z.output<Options>): NamedIngressClass;
  /** Hosts of its Ingresses. Absent if it never has one. */
  hosts?(options: z.output<Options>): readonly ServedHost[];
  /** Hosts that it publishes in DNS, besides those below the cluster's domain. Absent if it publishes none. */
  publishes_hosts?(options: z.output<Options>): PublishedHosts;
  /**
   * The data that it loses with a pod if its option `volume_gib` has no effect, such as `its metrics`. Undefined, or absent, for
   * none.
   */
  loses_without_volume?(options: z.output<Options>): string | undefined;
  /** True if its pods are targets of a Network Load Balancer that its Service creates. */
  readonly network_load_balancer?: true;
  /** Names of the web UIs of other addons that it shows to people, each at its name below the cluster's domain. */
  publishes?(options: z.output<Options>): readonly string[];
  /** Storage classes that it creates. */
  storage_classes?(options: z.output<Options>): readonly CreatedStorageClass[];
  /** Names of the ClusterIssuers that it creates. */
  cluster_issuers?(options: z.output<Options>): readonly string[];
  /** The ClusterIssuer of its own certificates, and the option that names it. */
  uses_issuer?(options: z.output<Options>): { readonly option: string; readonly name: string } | null;
  /** Returns the namespaces in which it accepts privileged pods; null if it accepts them everywhere. Absent if it always does. */
  accepts_privileged?(options: z.output<Options>): readonly string[] | null;
  /**
   * Ports of its pods that are called from outside their namespace, besides by Prometheus: webhooks and extension APIs by the
   * API server, UIs by load balancers, receivers by other pods. `any` if the addon's users choose the ports. Absent in
   * kube-system, which gets no network policy.
   */
  readonly served_ports?: readonly number[] | "any";
  /** Dashboard for Grafana, of addons whose charts bring none. Its data is in `<addon>.dashboard.json`. */
  readonly dashboard?: Dashboard;
  /** Options that hold statements of an IAM policy, each with what it contains. */
  policies?(options: z.output<Options>): readonly WrittenPolicy[];
  /** Key of `tfvars.common` that this addon alone reads: without the addon it has no effect. */
  readonly common_setting?: "teleport_token";
  /** Keys that switch it on and off besides `<addon>_enabled`, such as an earlier name. */
  readonly further_switches?: readonly FurtherSwitch[];
  /** API groups whose kinds it installs, such as `cert-manager.io`: without it, the API server refuses objects of them. */
  readonly api_groups?: readonly string[];
  /** The options that teams need; defaults are in `definitions/defaults.yaml`. */
  readonly options: Options;
  /** Service account that gets the AWS permissions; absent where the addon calls no AWS API. */
  readonly service_account?: string;
  /** Least privilege, with the cluster's name in every condition that can carry it. Empty with options that need none. */
  permissions?(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
  /** Where it has more than one part that calls AWS. */
  readonly further_identities?: readonly AddonIdentity<Options>[];
  /** Absent, or undefined with these options, where it keeps nothing in S3. */
  bucket?(context: AddonContext, options: z.output<Options>): AddonBucket | undefined;
  /**
   * A warning about something that only a person can add, such as the receivers of alerts. It is reported if a platform of the release
   * enables the addon, and on each cluster with the service level production or critical. Absent, or undefined with these settings, if
   * nothing is missing.
   */
  asks_person?(options: z.output<Options>, values: Values): AddonFinding | undefined;
  /** Rules about options that do not fit the cluster or each other, and warnings. */
  readonly checks?: readonly AddonRule<z.output<Options>>[];
  /** Helm values, or the EKS add-on's configuration values. The definition's own `values` are merged over them. */
  values(context: AddonContext, options: z.output<Options>): Values;
  /** Objects that go in beside the addon, once it runs. */
  manifests?(context: AddonContext, options: z.output<Options>): readonly Manifest[];
}

/** Installed by a Helm release; chart, repository and version are data of the release. */
export interface HelmAddon<Options extends z.ZodType = z.ZodType> extends AddonFacts<Options> {
  readonly kind: "helm";
  /**
   * True if Helm waits until its pods are ready, and rolls the release back otherwise. Set it for addons that others depend on
   * (webhooks, an API, nodes). Other addons must not delay an apply until the largest image is pulled.
   */
  readonly wait: boolean;
  /** The templates of its charts put every pod on Linux: the same selector in values would stand there a second time. */
  readonly selects_linux?: true;
  /**
   * The effect of an upgrade of the chart on its CRDs. installed_once: none, because they are in the chart's folder `crds`, which
   * Helm never upgrades; docs/addons.md shows the command. upgraded: upgraded too, by templates, a Job or a chart of CRDs. Absent
   * without CRDs.
   */
  readonly crds?: "installed_once" | "upgraded";
  /** Its CRDs come from a further chart: Helm would install those of its own once and never upgrade them. */
  readonly skip_crds?: boolean;
  /**
   * Where the publisher keeps the notes of each version: the beginning of the address, which ends with the version, by the address of
   * the chart, `<repository>/<chart>`. The comment beside it is a version whose page exists. Absent if not every version has a page.
   */
  readonly release_notes?: Readonly<Record<string, string>>;
  /**
   * Oldest version of its chart for each Kubernetes version, if the chart itself does not state which it supports. A version that is
   * missing is not known to require another chart.
   */
  readonly oldest_charts?: Readonly<Record<string, string>>;
  /** Charts besides its own; each at the version that the release pins. */
  readonly further_charts?: readonly AddonChart<Options>[];
}

/** Installed as an EKS add-on; its version is data of the release, per Kubernetes version. */
export interface EksAddon<Options extends z.ZodType = z.ZodType> extends AddonFacts<Options> {
  readonly kind: "eks";
  /** Its name in EKS, such as `aws-ebs-csi-driver`. */
  readonly eks_name: string;
  /** Beginning of the address of each version's notes, which ends with the version without `-eksbuild`. Absent if not every version has a page. */
  readonly release_notes?: string;
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

/** Returns the namespaces that an addon creates: its own, and those of its further charts. */
export function ownNamespaces(addon: Addon): readonly string[] {
  const own = addon.kind === "helm" && addon.pod_security !== undefined ? [addon.namespace] : [];
  const further = addon.kind === "helm" ? (addon.further_charts ?? []) : [];
  return [...own, ...further.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace.name]))];
}
