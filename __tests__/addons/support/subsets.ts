import fc from "fast-check";
import { stringify } from "yaml";
import { type AddonName, catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import type { Cluster } from "../../../fleet/model/cluster";
import { fleetOf } from "../../support/definitions";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;
const NAMES = Object.keys(catalogue) as AddonName[];

/** Of what one of two addons can give, the one that the test's clusters have: a check asks for it, and no `requires`. */
const ONE_OF_TWO: Readonly<Record<string, readonly AddonName[]>> = {
  cluster_overprovisioner: ["cluster_autoscaler"],
  snapshot_controller: ["aws_ebs_csi_driver"],
};

/** Options without a default, and options that require another addon. */
const GIVEN: Readonly<Record<string, (enabled: ReadonlySet<string>) => object>> = {
  concourse: () => ({
    database: { host: "db.example.internal", port: 5432, name: "atc", sslmode: "verify-full" },
    main_team: { github: "example:platform" },
  }),
  dex: () => ({
    connectors: [{ id: "github", name: "GitHub", type: "github", config: { clientID: "id", clientSecret: "$SECRET" } }],
    secret: "dex",
  }),
  oauth2_proxy: (enabled) => ({
    issuer_url: enabled.has("dex") ? null : "https://login.example.com",
    secret: "oauth2-proxy",
    email_domains: ["example.com"],
  }),
  teleport_kube_agent: () => ({ proxy_address: "teleport.example.com:443" }),
  opentelemetry_collector: (enabled) => ({ traces: [enabled.has("tempo") ? "tempo" : "xray"] }),
  velero: (enabled) => ({ volumes: enabled.has("aws_ebs_csi_driver") ? "ebs_snapshots" : "files" }),
};

/** Some of the addons, with all that these need, on a cluster of any service level, whose name is short or long. */
export const subsets = fc.record({
  domain: fc.constantFrom("s.dev.example.com", `${"long-".repeat(12)}s.dev.example.com`),
  sla: fc.constantFrom("none", "development", "production", "critical"),
  enabled: fc.shuffledSubarray(NAMES).map(together),
});

export interface Subset {
  readonly domain: string;
  readonly sla: string;
  readonly enabled: ReadonlySet<string>;
}

/** Each addon with what it needs, unless one that stands before it in the list cannot live beside them. */
function together(names: readonly AddonName[]): ReadonlySet<string> {
  const enabled = new Set<string>();
  for (const name of names) {
    const more = withNeeded(name);
    const refused = more.flatMap((one) => ADDONS[one]?.conflicts_with ?? []);
    if (!refused.some((other) => enabled.has(other))) for (const one of more) enabled.add(one);
  }
  return enabled;
}

function withNeeded(name: string): readonly string[] {
  return [name, ...[...(ADDONS[name]?.requires ?? []), ...(ONE_OF_TWO[name] ?? [])].flatMap(withNeeded)];
}

/** The cluster as the loader makes it, with every check passed: an error of it is thrown. */
export function loaded({ domain, enabled, sla }: Subset): Cluster {
  const addons = NAMES.map((name) => {
    const given = enabled.has(name) ? GIVEN[name]?.(enabled) : undefined;
    return [name, { enabled: enabled.has(name), ...(given === undefined ? {} : { options: given }) }] as const;
  });
  const definition = {
    meta: { CLUSTER_NAME: domain, ACCOUNT: "sandbox", TIER: "staging" },
    tfvars: {
      common: {
        aws_region: "eu-west-1",
        teleport_token: enabled.has("teleport_kube_agent") ? "teleport-join-token" : "",
      },
      networking: { vpc_cidr: "10.99.0.0/16" },
      cluster: { k8s_base_domain: domain },
      workers: [{ name: "general", autoscaling: !enabled.has("karpenter"), min_size: 3, max_size: 9 }],
      addons: { sla, ...Object.fromEntries(addons) },
    },
  };
  const [cluster] = fleetOf({ [`clusters/${domain}.yaml`]: stringify(definition) }).clusters;
  if (cluster === undefined) throw new Error(`${domain} was not loaded`);
  return cluster;
}
