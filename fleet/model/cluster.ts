import type { z } from "zod";
import type { SubnetTier } from "../../language/words/subnet-tiers";
import type { ProgramPin } from "../programs/program-pin";
import type { account } from "../schema/accounts/account";
import type { definition, meta, tfvars } from "../schema/definition";
import type { adopted } from "../schema/files/adopted";
import type { pipelines } from "../schema/pipelines";
import type { kubernetesSupport, regions, serviceLevel } from "../schema/platform";
import type { release } from "../schema/releases/release";
import type { seenVersions } from "../schema/releases/seen-versions";

/** Everything below it is read-only: a construct that changed its cluster would change its neighbours' too. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type Definition = DeepReadonly<z.output<typeof definition>>;
export type Meta = DeepReadonly<z.output<typeof meta>>;
export type Tfvars = DeepReadonly<z.output<typeof tfvars>>;
export type Networking = Tfvars["networking"];
export type Worker = Tfvars["workers"][number];
/** Existing resources that a cluster adopts: stack -> address -> id, and attributes that stay. */
export type Adoption = DeepReadonly<z.output<typeof adopted>>;
export type Taint = Worker["taints"][number];
export type AccessEntry = Tfvars["cluster"]["access_entries"][number];
export type Account = DeepReadonly<z.output<typeof account>> & { readonly name: string };
export type PipelineSettings = DeepReadonly<z.output<typeof pipelines>>;
export type Release = DeepReadonly<z.output<typeof release>> & { readonly name: string };
export type KubernetesVersion = Release["kubernetes"][string];
export type Regions = DeepReadonly<z.output<typeof regions>>;
export type KubernetesSupport = DeepReadonly<z.output<typeof kubernetesSupport>>;
export type SeenVersions = DeepReadonly<z.output<typeof seenVersions>>;
export type ServiceLevelProfile = DeepReadonly<z.output<typeof serviceLevel>>;

/** Another version of the program, which writes a cluster's stacks. */
export interface ReleaseProgram {
  readonly pin: ProgramPin;
  /** Hash of the release and of the definition with its layers: this program may not understand all of what changes the stacks. */
  readonly definition: string;
}

/** One zone's subnets: their IPv4 ranges, of the tiers that the zone has. */
export interface ZoneSubnets extends Readonly<Partial<Record<SubnetTier, string>>> {
  readonly zone: string;
}

/**
 * One cluster, resolved: every layer merged, every default applied, every check passed. Plain data, so that it can be handed
 * to another process.
 */
export interface Cluster {
  /** CLUSTER_NAME. */
  readonly name: string;
  /** The name with dots as dashes: the EKS cluster's name, and the start of every name derived from it. */
  readonly slug: string;
  readonly meta: Meta;
  readonly tfvars: Tfvars;
  readonly account: Account;
  /** Only what this cluster needs of its release. */
  readonly release: {
    readonly name: string;
    readonly kubernetes: KubernetesVersion;
    readonly charts: Release["charts"];
    /** The program of the release; absent if it is the program that runs. */
    readonly program?: ReleaseProgram;
  };
  readonly partition: string;
  /** Zones of the region that the network is in, the first one first; local zones are not among them. */
  readonly zones: readonly string[];
  /** Zones in their order, and local zones after them, each with its ranges; none in a VPC that exists already. */
  readonly subnets: readonly ZoneSubnets[];
  readonly service_level: ServiceLevelProfile;
  /** Id of the account's hosted zone that holds `k8s_base_domain`; null if there is none. */
  readonly hosted_zone_id: string | null;
  /** Existing resources that the cluster adopts; absent if it was created here. */
  readonly adopted?: Adoption;
  /** The other clusters that vpc_peering_connections lead to, each once. */
  readonly peers: readonly PeerCluster[];
}

/** Facts about a cluster that the VPC of another cluster is peered with. */
export type PeerCluster = Pick<Cluster, "name" | "slug" | "account" | "subnets" | "tfvars">;
