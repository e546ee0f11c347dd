/** Work that other parts of a cluster rely on, whichever addon does it. */
export type ClusterService =
  /** Resolves the names of Services. */
  | "dns"
  /** Serves claims of the storage class gp3. */
  | "block_volumes"
  /** Reports faults of a node as conditions, which node repair reads. */
  | "node_conditions"
  /** Offers the GPUs of a node to pods. */
  | "nvidia_gpus"
  /** Drains the nodes of self-managed groups before they end; EKS drains those of managed groups. */
  | "node_draining"
  /** Creates load balancers for Services. */
  | "load_balancers";

/** An ingress class that an addon serves. */
export interface IngressClass<Options> {
  readonly name: string;
  /** True if the addon serves the class with these options. Absent if it always does. */
  served?(options: Options): boolean;
  /** True if Ingresses that name no class get this one. Absent if the class can never be the default. */
  is_default?(options: Options): boolean;
  /** Advice on getting the class, for a message. Absent if the addon is not the one to recommend for it. */
  readonly advice?: string;
  /** Path of the addon's Helm value that gives the class another name. Absent if no value does. */
  readonly renamed_by?: readonly string[];
  /** True if the nodes of EKS Auto Mode come with a controller for a class of this name. */
  readonly auto_mode_serves?: true;
}

/** The class of an addon's own Ingress. */
export interface NamedIngressClass {
  /** Key of the option that names the class. */
  readonly option: string;
  /** Null if its options name none. */
  readonly name: string | null;
}

/** A host at which an addon shows itself to people. */
export interface ServedHost {
  /** A whole hostname, or a name directly below the cluster's domain. */
  readonly host: string;
  readonly below_domain?: true;
  /** Key that it comes from, within the addon's section of the definition. */
  readonly path: readonly (string | number)[];
}

/** The hosts that an addon publishes in DNS. */
export interface PublishedHosts {
  /** Domains besides the cluster's, each with the id of the zone that holds it. */
  readonly further_zones: readonly { readonly domain: string; readonly zone_id: string }[];
  /** By which it recognizes its own records; null for the cluster's name. */
  readonly owner_id: string | null;
  /** True if it deletes its own records whose source is gone. */
  readonly deletes: boolean;
  /** Key of the owner's id within the addon's section of the definition. */
  readonly path: readonly string[];
}

/** A storage class that an addon creates. */
export interface CreatedStorageClass {
  readonly name: string;
  /** Key that the class comes from, within the addon's section of the definition. */
  readonly path: readonly (string | number)[];
  /** Present if the class can be the default: whether it is, and the option that switches it. */
  readonly default?: { readonly is_default: boolean; readonly option: string };
}

/** An extension API of Kubernetes (APIService), which one server of a cluster can serve. */
export interface ServedApi {
  /** Name of the APIService, such as `v1beta1.metrics.k8s.io`. */
  readonly api: string;
  /** Key within the addon's section that makes it claim the API. Absent if the addon always does. */
  readonly path?: readonly string[];
}

/** A switch in an addon's Helm values that installs a second addon along with it. */
export interface InstallSwitch {
  /** Key of the addon that it installs. */
  readonly installs: string;
  /** Path of the switch, within the values of the addon's own chart or of `chart`. */
  readonly path: readonly string[];
  /** Key of the further chart that has the switch. */
  readonly chart?: string;
}

/** A switch in an addon's Helm values that lets everybody use it without a login. Its program's documentation describes it. */
export interface OpenSwitch {
  readonly path: readonly string[];
  /** Its effect, after "opens", such as `Grafana to everybody without a login`. */
  readonly opens: string;
}

/** Other things that install what an addon installs, or a part of it: a cluster must not have both. */
export interface InstalledAlso {
  /** Names of Helm charts, besides the addon's own. */
  readonly charts?: readonly string[];
  /** Names of EKS add-ons, besides the addon's own name. */
  readonly eks_addons?: readonly string[];
  /** Type of the EKS capability. */
  readonly eks_capability?: "ARGOCD";
}

/** A key outside of the addon's section that is short for `<addon>.enabled`. */
export interface FurtherSwitch {
  readonly section: "addons" | "cluster";
  readonly key: string;
}

/** An option that holds statements of an IAM policy. */
export interface WrittenPolicy {
  readonly option: string;
  readonly statements: readonly { readonly sid?: string | undefined }[];
}
