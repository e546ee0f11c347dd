/** The guarantees of a service level; the numbers of each level are in `definitions/defaults.yaml`. */
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

/** The facts about a cluster that addons need: plain data, computed from the definition before any resource is created. */
export interface AddonSubject {
  /** EKS name of the cluster, which is also the slug of its CLUSTER_NAME. */
  readonly cluster_name: string;
  readonly region: string;
  readonly partition: string;
  readonly account_id: string;
  /** The cluster's tier, such as `production`. */
  readonly tier: string;
  readonly kubernetes_version: string;
  /** Tags of the images that the release pins for this Kubernetes version. */
  readonly images: { readonly cluster_autoscaler?: string | undefined; readonly kubectl?: string | undefined };
  /** Domain below which the cluster publishes its hostnames; null where the definition names none. */
  readonly k8s_base_domain: string | null;
  /** Id of the Route 53 zone that holds the domain; null where the account lists none. */
  readonly hosted_zone_id: string | null;
  /** ARN of the role that writes this zone; null if the zone is in the cluster's account. */
  readonly hosted_zone_role_arn: string | null;
  /** Names of the worker groups whose size the autoscaler owns. */
  readonly autoscaled_workers: readonly string[];
  /** True for the keys of the addons that are enabled on this cluster. */
  readonly enabled: Readonly<Record<string, boolean>>;
  /** Namespaces that belong to the platform: Kubernetes' own, and those of the addons that are enabled. In order. */
  readonly system_namespaces: readonly string[];
  /** Secret that holds the token with which the Teleport agent joins; null where there is none. */
  readonly teleport_secret: string | null;
  /** Address of the runbooks that alerts link to. */
  readonly runbooks_url: string;
  /** Operating systems of the groups of nodes, each once: AL2023, BOTTLEROCKET, WINDOWS. Karpenter's and Auto Mode's are none of them. */
  readonly operating_systems: readonly string[];
  /**
   * True if pods have IPv6 addresses only: Go listens on both families at 0.0.0.0, other servers do not, and some use IPv4 alone.
   */
  readonly ipv6_pods: boolean;
  /** True if the network has no route to the internet. */
  readonly private_network: boolean;
  /** Mode of kube-proxy, such as `ipvs`, as the add-on's values have it. Null for EKS's default, iptables. */
  readonly kube_proxy_mode: unknown;
  /** Addons that refuse privileged pods, by their keys, each with the namespaces in which it accepts them. */
  readonly refuses_privileged: readonly { readonly addon: string; readonly except: readonly string[] }[];
  /** Name of the class of Application Load Balancers: `alb`, unless the values of its controller name it otherwise. */
  readonly alb_class: string;
  /** Addresses at which addons show web UIs to people, by the name of the UI. */
  readonly published: Readonly<Record<string, string>>;
  /** Keys of the addons whose pods run on Fargate, of those whose file has the field `fargate`. */
  readonly on_fargate: readonly string[];
  /** True if a Fargate profile selects the pods of CoreDNS. */
  readonly dns_on_fargate: boolean;
  /** True if pods have subnets of their own: then the first interface of a node has none of their addresses. */
  readonly pods_in_own_subnets: boolean;
  /** True if claims of the class gp3 get volumes: by the EBS driver, or by the classes of Auto Mode. */
  readonly volumes: boolean;
  /** True if all nodes are EKS Auto Mode's: then it creates load balancers and volumes itself, by classes of its own. */
  readonly auto_mode_only: boolean;
  /** Pools of Karpenter whose images contain the driver of a GPU, but not the device plugin: those of Amazon Linux. */
  readonly gpu_pools: readonly string[];
  /** ARN of the role that Karpenter's nodes run as. */
  readonly karpenter_node_role_arn: string;
  /** The SQS queue that announces the end of nodes to each controller that reads one. The workers' stack creates it. */
  readonly interruption_queues: Readonly<Record<QueueReader, InterruptionQueue>>;
}

/** A controller that reads a queue of interruptions. Its name is part of the queue's name. */
export type QueueReader = "karpenter" | "node-termination-handler";

/** A queue that announces the end of nodes. */
export interface InterruptionQueue {
  readonly reader: QueueReader;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}

/**
 * Facts about the cluster for the values of an addon. Values that exist only after an apply (`vpc_id`) are Terraform references:
 * use them inside short strings only.
 */
export interface AddonContext extends AddonSubject {
  readonly vpc_id: string;
  /**
   * Address of the cluster's DNS service: the tenth of the service range, which in an IPv6 cluster is known only after an apply.
   */
  readonly cluster_dns_ip: string;
  readonly service_level: ServiceLevel;
}
