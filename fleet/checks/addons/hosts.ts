import { listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import { isBelow } from "../../network/hosted-zone";
import type { Check, Finding } from "../../rules/finding";

/** A host of an addon. */
interface Host {
  readonly host: string;
  readonly addon: string;
  readonly path: Path;
  /** True if the definition has the whole host. */
  readonly written: boolean;
}

function hostsOf({ tfvars }: Definition): Host[] {
  const domain = tfvars.cluster.k8s_base_domain;
  return ofEachAddon({ tfvars }, ({ addon, name, options }) =>
    (addon.hosts?.(options) ?? []).flatMap(({ below_domain, host, path }): Host[] => {
      if (below_domain && domain === null) return []; // the addon itself requires the domain
      const whole = below_domain ? `${host}.${domain}` : host;
      return [
        { host: whole, addon: name, path: ["tfvars", "addons", name, ...path], written: below_domain === undefined },
      ];
    }),
  );
}

/** Refuses a host of 2 addons: each would have an Ingress for every path, and DNS one record. */
const oneAddonPerHost: Check = ({ definition }) => {
  // A host that is written can be changed; one that follows from the domain comes first.
  const hosts = hostsOf(definition).sort((a, b) => Number(a.written) - Number(b.written));
  return hosts.flatMap(({ addon, host, path }, index): Finding[] => {
    const first = hosts.slice(0, index).find((other) => other.host === host && other.addon !== addon);
    if (first === undefined) return [];
    return [{ path, message: `${host} is already the host of ${first.addon}. Use another host` }];
  });
};

/** Warns of a host that is in no domain whose hosts are published, although an addon publishes those of others. */
const publishedHosts: Check = ({ account, definition }) => {
  const own = definition.tfvars.cluster.k8s_base_domain;
  if (own === null) return [];
  const publishers = ofEachAddon(definition, ({ addon, name, options }) => {
    const further = addon.publishes_hosts?.(options).further_zones;
    return further === undefined ? [] : [{ name, domains: [own, ...further.map(({ domain }) => domain)] }];
  });
  const unpublished = publishers.flatMap(({ domains, name }) =>
    outside(
      definition,
      domains,
      (host) =>
        `${name} publishes hosts below ${listed(domains)} only, so nothing leads to ${host}. Use a host below the domain, or create its record yourself`,
    ),
  );
  if (publishers.length > 0 || account === undefined) return unpublished;
  const zones = Object.keys(account.hosted_zones);
  return outside(
    definition,
    [own, ...zones],
    (host) =>
      `${host} is neither below the cluster's domain (${own}) nor in a hosted zone of account ${account.name}. Use a host below the domain, or create its record and certificate yourself`,
  );
};

function outside(definition: Definition, domains: readonly string[], message: (host: string) => string): Finding[] {
  return hostsOf(definition).flatMap(({ host, path }): Finding[] =>
    domains.some((domain) => isBelow(host, domain)) ? [] : [{ path, message: message(host), severity: "warning" }],
  );
}

export const hostRules: readonly Check[] = [oneAddonPerHost, publishedHosts];
