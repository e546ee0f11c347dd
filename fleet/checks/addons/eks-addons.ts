import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ADDON_CONFIGURATIONS } from "../../../aws/addon-configuration";
import { isMap } from "../../../language/plain-map";
import { ifCertain } from "../../../language/refused";
import { didYouMean } from "../../../language/suggest";
import { sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Tfvars } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";
import { NODE_ADDONS, type NodeAddon } from "./node-addons";

const CLUSTER = ["tfvars", "cluster"] as const;
const EXTRA = [...CLUSTER, "extra_eks_addons"] as const;
type Values = Readonly<Record<string, unknown>>;

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** Returns the section of an EKS add-on that has its own. Undefined if it has none. */
function sectionOf(name: string): string | undefined {
  const node = (Object.keys(NODE_ADDONS) as NodeAddon[]).find((key) => NODE_ADDONS[key] === name);
  if (node !== undefined) return `cluster.${node}`;
  const own = Object.values(ADDONS).find((addon) => addon.kind === "eks" && addon.eks_name === name);
  return own === undefined ? undefined : `addons.${own.name}`;
}

/** Refuses an EKS add-on that another part of the definition installs. */
function installedElsewhere({ name }: ExtraAddon, { definition }: Subject): Finding[] {
  const section = sectionOf(name);
  if (section !== undefined)
    return [{ path: ["name"], message: `has its own section. Set it in tfvars.${section} instead` }];
  return ofEachAddon(definition, ({ addon, name: key }) =>
    key.replaceAll("_", "-") === name || addon.installed_also?.eks_addons?.includes(name)
      ? [
          {
            path: ["name"],
            message: `installs the same as the chart of addons.${key}. Remove it, or set ${key}_enabled: false`,
          },
        ]
      : [],
  ).slice(0, 1);
}

const RULES: readonly ((addon: ExtraAddon) => readonly Finding[])[] = [
  ({ service_accounts = [] }) =>
    sameTwice(
      ["service_accounts"],
      service_accounts,
      ({ service_account }) => service_account,
      (name) => `lists ${name} twice. Remove one of them`,
      ["service_account"],
    ),
  ({ service_accounts = [] }) => eachItem(["service_accounts"], service_accounts, [rightsOf]),
  ({ namespace, service_accounts = [] }) =>
    namespace !== undefined && service_accounts.length === 0
      ? [noEffect(["namespace"], "there are no service_accounts")]
      : [],
];

export const checkExtraEksAddons: Check = (subject) =>
  eachItem(EXTRA, subject.definition.tfvars.cluster.extra_eks_addons, [
    (addon) => {
      const elsewhere = installedElsewhere(addon, subject);
      return elsewhere.length > 0 ? elsewhere : RULES.flatMap((rule) => ifCertain(() => rule(addon)) ?? []);
    },
  ]);

type ExtraAddon = Tfvars["cluster"]["extra_eks_addons"][number];
type ServiceAccount = NonNullable<Tfvars["cluster"]["extra_eks_addons"][number]["service_accounts"]>[number];

/** Refuses a role without permissions, and permissions of an existing role. */
function rightsOf(account: ServiceAccount): Finding[] {
  const { managed_policy_arns = [], role_arn, statements = [] } = account;
  if (role_arn !== undefined) {
    const keys = (["managed_policy_arns", "statements"] as const).filter((key) => account[key] !== undefined);
    return keys.map((key) =>
      noEffect([key], "role_arn names an existing role, which is not changed", "or remove role_arn"),
    );
  }
  if (managed_policy_arns.length + statements.length > 0) return [];
  return [{ path: [], message: "has no permissions. Add managed_policy_arns, statements or role_arn, or remove it" }];
}

/**
 * Refuses what AWS would refuse of an add-on's configuration halfway through an apply. Each add-on whose keys are known has its own
 * section.
 */
export const checkAddonConfiguration: Check = ({ definition }) => {
  const { cluster } = definition.tfvars;
  const nodeAddons = Object.keys(NODE_ADDONS) as NodeAddon[];
  return [
    ...nodeAddons.flatMap(
      (key) => ifCertain(() => configuration(NODE_ADDONS[key], cluster[key].values, [...CLUSTER, key, "values"])) ?? [],
    ),
    ...ofEachAddon(definition, ({ addon, name, values }) =>
      addon.kind === "eks" ? configuration(addon.eks_name, values, ["tfvars", "addons", name, "values"]) : [],
    ),
  ];
};

function configuration(name: string, values: Values, path: Path): Finding[] {
  return [
    ...unknownKeys(name, values, path),
    ...(name === "vpc-cni" ? notText(values, path) : []),
    ...(name === "kube-proxy" ? [...proxyMode(values, path), ...proxyScheduler(values, path)] : []),
  ];
}

function unknownKeys(name: string, values: Values, path: Path): Finding[] {
  const known = Object.hasOwn(ADDON_CONFIGURATIONS, name) ? ADDON_CONFIGURATIONS[name] : undefined;
  if (known === undefined) return [];
  const { keys, complete } = known;
  return Object.keys(values)
    .filter((key) => !keys.includes(key))
    .map((key): Finding => {
      const message = `is not a key of the configuration of ${name}${didYouMean(key, keys) || `. List the keys with aws eks describe-addon-configuration`}`;
      const finding = { path: [...path, key], message };
      // The guide does not list every key of each version.
      return complete ? finding : { ...finding, severity: "warning" };
    });
}

/** Refuses numbers and booleans where the schema of the CNI's configuration requires text, and text in place of its map. */
function notText(values: Values, path: Path): Finding[] {
  const { env, enableNetworkPolicy } = values;
  const variables = isMap(env) ? Object.entries(env) : [];
  return [
    ...(isMap(env) || env === undefined || env === null
      ? []
      : [
          {
            path: [...path, "env"],
            message: `must be a map of variables, such as { WARM_IP_TARGET: "5" }, got ${JSON.stringify(env)}`,
          },
        ]),
    ...(typeof enableNetworkPolicy === "boolean"
      ? [
          {
            path: [...path, "enableNetworkPolicy"],
            message: `must be text for vpc-cni. Write "${enableNetworkPolicy}" in quotes`,
          },
        ]
      : []),
    ...variables
      .filter(([, value]) => typeof value === "number" || typeof value === "boolean")
      .map(([key, value]) => ({
        path: [...path, "env", key],
        message: `must be text for vpc-cni. Write "${value}" in quotes`,
      })),
  ];
}

const PROXY_MODES = ["iptables", "ipvs", "nftables"];

/** Schedulers of IPVS (Kubernetes documentation, "Virtual IPs and Service Proxies"). */
const SCHEDULERS = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "mh"];

function proxyScheduler({ ipvs, mode }: Values, path: Path): Finding[] {
  if (!isMap(ipvs)) return [];
  if (mode !== "ipvs") return [noEffect([...path, "ipvs"], "mode is not ipvs", "or set mode: ipvs")];
  const { scheduler } = ipvs;
  if (scheduler === undefined || scheduler === "" || SCHEDULERS.some((known) => known === scheduler)) return [];
  const message = `must be one of ${SCHEDULERS.join(", ")}, but is ${JSON.stringify(scheduler)}. kube-proxy does not start otherwise`;
  return [{ path: [...path, "ipvs", "scheduler"], message }];
}

function proxyMode({ mode }: Values, path: Path): Finding[] {
  if (mode === undefined || PROXY_MODES.some((known) => known === mode)) return [];
  return [
    { path: [...path, "mode"], message: `must be one of ${PROXY_MODES.join(", ")}, but is ${JSON.stringify(mode)}` },
  ];
}
