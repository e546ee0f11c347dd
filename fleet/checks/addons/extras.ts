import { catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf } from "../../../addons/contract/addon";
import { inOrder } from "../../../language/in-order";
import { isMap, valueAt } from "../../../language/plain-map";
import { ifCertain } from "../../../language/refused";
import { listed, meantOrKnown } from "../../../language/suggest";
import { foreignArns } from "../../../language/words/iam";
import type { Path } from "../../../language/yaml/tree";
import { comesBefore, type Extra, type ExtraChart } from "../../addons/extras";
import { ofEachAddon } from "../../model/enabled-addons";
import { regionOf } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const ADDONS: readonly Addon[] = Object.values(catalogue);
const releaseOf = (key: string): string => key.replaceAll("_", "-");

/** Helm releases that an addon has, or may get in a later release of the program. */
const ADDON_OF_RELEASE: ReadonlyMap<string, string> = new Map(
  ADDONS.flatMap((addon) =>
    [addon.name, ...chartsOf(addon)].flatMap((key) => [
      [releaseOf(key), addon.name] as const,
      [`${releaseOf(key)}-manifests`, addon.name] as const,
    ]),
  ),
);

interface Placed {
  readonly extra: Extra;
  readonly path: Path;
}

function extrasOf({ definition: { tfvars } }: Parameters<Check>[0]): Placed[] {
  return [
    ...tfvars.extra_charts.map((extra, index) => ({ extra, path: ["tfvars", "extra_charts", index] })),
    ...tfvars.extra_manifests.map((extra, index) => ({ extra, path: ["tfvars", "extra_manifests", index] })),
  ];
}

/** Refuses an extra with the name of an addon's release or of another extra. */
export const checkExtraNames: Check = (subject) => {
  const extras = extrasOf(subject);
  const charts = subject.definition.tfvars.extra_charts.map(({ name }) => name);
  return extras.flatMap(({ extra, path }) => {
    const found = (message: string): Finding[] => [{ path: [...path, "name"], message }];
    const addon = ADDON_OF_RELEASE.get(extra.name);
    if (addon !== undefined)
      return found(`is a Helm release of the addon ${addon}. Set ${addon}_enabled: true instead, or use another name`);
    if (!("manifests" in extra) || !charts.includes(extra.name)) return []; // a name twice in one list is reported when it is read
    return found("is also the name of an item of extra_charts. Rename one of them");
  });
};

/** Refuses an `after` that does not exist, and items that wait for each other. */
export const checkExtraOrder: Check = (subject) => {
  const extras = extrasOf(subject);
  const names = extras.map(({ extra }) => extra.name);
  const named = extras.flatMap(({ extra, path }) =>
    (extra.after ?? []).flatMap((name, index): Finding[] => {
      if (name !== extra.name && names.includes(name)) return [];
      const message = orderMessage(name, extra.name, names);
      return [{ path: [...path, "after", index], message }];
    }),
  );
  if (named.length > 0) return named;
  const { stuck } = inOrder(extras, {
    name: ({ extra }) => extra.name,
    after: ({ extra }) => comesBefore(extra, subject.definition.tfvars),
  });
  const [first] = stuck;
  if (first === undefined) return [];
  const message = `waits for an item that waits for it: ${listed(stuck.map(({ extra }) => extra.name))}. Remove one name from after. Items also wait for items that create their namespaces and kinds`;
  return [{ path: [...first.path, "name"], message }];
};

function orderMessage(name: string, own: string, names: readonly string[]): string {
  if (name === own) return "is this item itself. Remove it";
  if (ADDON_OF_RELEASE.has(name)) return "has no effect because addons are installed before all extras. Remove it";
  const others = names.filter((other) => other !== own);
  return `unknown extra chart or manifests ${JSON.stringify(name)}${meantOrKnown(name, others)}`;
}

/** Refuses a role without permissions or service account, with one that has a role already, or with ARNs of another partition. */
export const checkExtraIdentities: Check = ({ definition, regions }) => {
  const { extra_charts } = definition.tfvars;
  const partition = ifCertain(() => regionOf({ definition, regions })?.partition);
  const addons = (): readonly Addon[] => ofEachAddon(definition, ({ addon }) => [addon]);
  return eachItem(["tfvars", "extra_charts"], extra_charts, [
    (chart) => unusedIdentity(chart, []),
    otherAccount,
    accountOfEveryPod,
    (chart, index) => takenAccount(chart, [], addons(), extra_charts.slice(0, index)),
    (chart) => (partition === undefined ? [] : elsewhere(chart, [], partition)),
  ]);
};

function unusedIdentity({ bucket, permissions, service_account }: ExtraChart, path: Path): Finding[] {
  if (service_account !== undefined && permissions === undefined && bucket === undefined) {
    const message = "has no effect without permissions or a bucket. Add one of them, or remove it";
    return [{ path: [...path, "service_account"], message }];
  }
  if (service_account !== undefined) return [];
  const message = "requires service_account. Set it to the service account of the chart's pods";
  return [
    ...(permissions === undefined ? [] : [{ path: [...path, "permissions"], message }]),
    ...(bucket === undefined ? [] : [{ path: [...path, "bucket"], message }]),
  ];
}

/** Returns the places and names of the service accounts in a chart's values. */
function accountsIn(values: unknown, path: Path): readonly { readonly path: Path; readonly name: string }[] {
  if (!isMap(values)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const name = key === "serviceAccount" ? valueAt(value, "name") : undefined;
    return typeof name === "string" && name !== ""
      ? [{ path: [...path, key, "name"], name }]
      : accountsIn(value, [...path, key]);
  });
}

/** Warns if the chart's values name service accounts, but not the one with the role: its pods would have no permissions. */
function otherAccount({ service_account, values }: ExtraChart): Finding[] {
  const [first, ...others] = accountsIn(values, ["values"]);
  if (service_account === undefined || first === undefined) return [];
  if ([first, ...others].some(({ name }) => name === service_account)) return [];
  const message = `is ${first.name}, but the role belongs to service_account (${service_account}), so the pods have no permissions. Use one name`;
  return [{ path: first.path, message, severity: "warning" }];
}

/** Warns of a role for the account of each pod that names none. */
function accountOfEveryPod({ namespace, service_account }: ExtraChart): Finding[] {
  if (service_account !== "default") return [];
  const message = `gives the role to every pod of ${namespace} without a service account of its own. Let the chart create one`;
  return [{ path: ["service_account"], message, severity: "warning" }];
}

/** Refuses a service account that has a role already. */
function takenAccount(
  { namespace, service_account }: ExtraChart,
  path: Path,
  addons: readonly Addon[],
  before: readonly ExtraChart[],
): Finding[] {
  if (service_account === undefined) return [];
  const addon = addons.find(
    (each) =>
      each.namespace === namespace &&
      [each.service_account, ...(each.further_identities ?? []).map((it) => it.service_account)].includes(
        service_account,
      ),
  );
  const chart = before.find((each) => each.namespace === namespace && each.service_account === service_account);
  const owner = addon === undefined ? chart && `the extra chart ${chart.name}` : `the addon ${addon.name}`;
  if (owner === undefined) return [];
  const message = `${service_account} in ${namespace} already has a role from ${owner}, and EKS supports one role for each service account. Use another`;
  return [{ path: [...path, "service_account"], message }];
}

function elsewhere({ permissions = [] }: ExtraChart, path: Path, partition: string): Finding[] {
  return foreignArns(permissions, partition).map((finding) => ({
    ...finding,
    path: [...path, "permissions", ...finding.path],
  }));
}
