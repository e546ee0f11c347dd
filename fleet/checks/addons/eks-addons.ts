import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ADDON_CONFIGURATIONS } from "../../../aws/addon-configuration";
import { didYouMean } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Tfvars } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";
import { NODE_ADDONS, type NodeAddon } from "./node-addons";

const CLUSTER = ["tfvars", "cluster"] as const;
const EXTRA = [...CLUSTER, "extra_eks_addons"] as const;
type Values = Readonly<Record<string, unknown>>;

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** Where an EKS add-on is set that has a section of its own. */
function sectionOf(name: string): string | undefined {
  const node = (Object.keys(NODE_ADDONS) as NodeAddon[]).find((key) => NODE_ADDONS[key] === name);
  if (node !== undefined) return `cluster.${node}`;
  const own = Object.values(ADDONS).find((addon) => addon.kind === "eks" && addon.eks_name === name);
  return own === undefined ? undefined : `addons.${own.name}`;
}

/** Further EKS add-ons are further ones, each once. */
export const checkExtraEksAddons: Check = ({ definition }) => {
  const { extra_eks_addons } = definition.tfvars.cluster;
  return [
    ...extra_eks_addons.flatMap(({ name, namespace, service_accounts = [] }, index): Finding[] => {
      const path = [...EXTRA, index];
      const section = sectionOf(name);
      if (section !== undefined)
        return [{ path: [...path, "name"], message: `has a section of its own: set it under tfvars.${section}` }];
      const chart = enabledAddons(definition).find(
        (key) => key.replaceAll("_", "-") === name || ADDONS[key]?.installed_also?.eks_addons?.includes(name),
      );
      if (chart !== undefined)
        return [
          {
            path: [...path, "name"],
            given: [["tfvars", "addons", chart, "enabled"]],
            message: `installs what addons.${chart} installs as a chart: remove it, or set ${chart}_enabled: false`,
          },
        ];
      const accounts = service_accounts.map(({ service_account }) => service_account);
      const twice = accounts.flatMap((account, place) =>
        accounts.indexOf(account) < place
          ? [
              {
                path: [...path, "service_accounts", place, "service_account"],
                message: `lists ${account} twice: give it one role`,
              },
            ]
          : [],
      );
      const rights = service_accounts.flatMap((account, place) =>
        rightsOf(account, [...path, "service_accounts", place]),
      );
      const idle =
        namespace !== undefined && accounts.length === 0
          ? [
              {
                path: [...path, "namespace"],
                message: "says where service_accounts are, and there are none: remove it",
              },
            ]
          : [];
      return [...twice, ...rights, ...idle];
    }),
  ];
};

type ServiceAccount = NonNullable<Tfvars["cluster"]["extra_eks_addons"][number]["service_accounts"]>[number];

/** A role may do something, and of one that exists nothing is said. */
function rightsOf(account: ServiceAccount, path: Path): Finding[] {
  const { managed_policy_arns = [], role_arn, statements = [] } = account;
  if (role_arn !== undefined) {
    const given = [[...path, "role_arn"]];
    const message = "has no effect on an existing role, which is not changed: remove it, or role_arn";
    const keys = (["managed_policy_arns", "statements"] as const).filter((key) => account[key] !== undefined);
    return keys.map((key) => ({ path: [...path, key], given, message }));
  }
  if (managed_policy_arns.length + statements.length > 0) return [];
  const message = "gets a role that may do nothing: give it managed_policy_arns, statements or role_arn, or remove it";
  return [{ path, message }];
}

/** What AWS would refuse of a configuration halfway through an apply. */
export const checkAddonConfiguration: Check = ({ definition }) => {
  const { addons, cluster } = definition.tfvars;
  const given: { readonly name: string; readonly values: Values; readonly path: Path }[] = [
    ...(Object.keys(NODE_ADDONS) as NodeAddon[]).map((key) => ({
      name: NODE_ADDONS[key],
      values: cluster[key].values,
      path: [...CLUSTER, key, "values"],
    })),
    ...enabledAddons(definition).flatMap((key) => {
      const addon = ADDONS[key];
      if (addon?.kind !== "eks") return [];
      return [{ name: addon.eks_name, values: addons[key].values, path: ["tfvars", "addons", key, "values"] }];
    }),
    ...cluster.extra_eks_addons.map(({ name, values = {} }, index) => ({
      name,
      values,
      path: [...EXTRA, index, "values"],
    })),
  ];
  return given.flatMap(({ name, values, path }) => [
    ...unknownKeys(name, values, path),
    ...(name === "vpc-cni" ? notText(values, path) : []),
    ...(name === "kube-proxy" ? proxyMode(values, path) : []),
  ]);
};

function unknownKeys(name: string, values: Values, path: Path): Finding[] {
  const configuration = Object.hasOwn(ADDON_CONFIGURATIONS, name) ? ADDON_CONFIGURATIONS[name] : undefined;
  if (configuration === undefined) return [];
  const { keys, complete } = configuration;
  return Object.keys(values)
    .filter((key) => !keys.includes(key))
    .map((key): Finding => {
      const message = `is no key of the configuration of ${name}${didYouMean(key, keys) || `; aws eks describe-addon-configuration lists them`}`;
      const finding = { path: [...path, key], message };
      // The guide does not list all that a version takes.
      return complete ? finding : { ...finding, severity: "warning" };
    });
}

/** The CNI's variables and switches are text in the add-on's schema, and YAML makes numbers and booleans of them. */
function notText(values: Values, path: Path): Finding[] {
  const { env, enableNetworkPolicy } = values;
  const variables = typeof env === "object" && env !== null ? Object.entries(env) : [];
  return [
    ...(typeof enableNetworkPolicy === "boolean"
      ? [
          {
            path: [...path, "enableNetworkPolicy"],
            message: `must be text for vpc-cni: write "${enableNetworkPolicy}" in quotes`,
          },
        ]
      : []),
    ...variables
      .filter(([, value]) => typeof value === "number" || typeof value === "boolean")
      .map(([key, value]) => ({
        path: [...path, "env", key],
        message: `must be text for vpc-cni: write "${value}" in quotes`,
      })),
  ];
}

const PROXY_MODES = ["iptables", "ipvs", "nftables"];

function proxyMode({ mode }: Values, path: Path): Finding[] {
  if (mode === undefined || PROXY_MODES.some((known) => known === mode)) return [];
  return [
    { path: [...path, "mode"], message: `must be one of ${PROXY_MODES.join(", ")}, got ${JSON.stringify(mode)}` },
  ];
}
