import { catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf } from "../../../addons/contract/addon";
import { inOrder } from "../../../language/in-order";
import { didYouMean, listed } from "../../../language/suggest";
import { foreignArns } from "../../../language/words/iam";
import type { Path } from "../../../language/yaml/tree";
import { comesBefore, type Extra, type ExtraChart } from "../../addons/extras";
import { enabledAddons } from "../../model/enabled-addons";
import { regionOf } from "../../network/zones";
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

/** Each extra has a name of its own, also beside the addons. */
export const checkExtraNames: Check = (subject) => {
  const extras = extrasOf(subject);
  const charts = subject.definition.tfvars.extra_charts.map(({ name }) => name);
  return extras.flatMap(({ extra, path }) => {
    const found = (message: string): Finding[] => [{ path: [...path, "name"], message }];
    const addon = ADDON_OF_RELEASE.get(extra.name);
    if (addon !== undefined)
      return found(
        `is a Helm release of the addon ${addon}: enable that by ${addon}_enabled: true, or take another name`,
      );
    if (!("manifests" in extra) || !charts.includes(extra.name)) return []; // twice in one list is told as it is read
    return found("is the name of an item of extra_charts too: rename one");
  });
};

/** What an extra waits for is there, and does not wait for it. */
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
  const message = `waits for what waits for it (${listed(stuck.map(({ extra }) => extra.name))}; who is in a namespace waits for who makes it, and objects for their kinds): take one name out of after`;
  return [{ path: [...first.path, "name"], message }];
};

function orderMessage(name: string, own: string, names: readonly string[]): string {
  if (name === own) return "is this item itself: remove it";
  if (ADDON_OF_RELEASE.has(name)) return `is an addon, and every addon comes first anyway: remove it`;
  const others = names.filter((other) => other !== own);
  return `unknown extra chart or manifests ${JSON.stringify(name)}${didYouMean(name, others) || `. Known: ${listed(others)}`}`;
}

/** A role has something to allow and somebody to allow it to, and speaks of the region's partition. */
export const checkExtraIdentities: Check = ({ definition, regions }) => {
  const { extra_charts } = definition.tfvars;
  const partition = regionOf({ definition, regions })?.partition;
  const addons = enabledAddons(definition).map((name): Addon => catalogue[name]);
  return extra_charts.flatMap((chart, index) => {
    const path = ["tfvars", "extra_charts", index];
    return [
      ...unusedIdentity(chart, path),
      ...takenAccount(chart, path, addons, extra_charts.slice(0, index)),
      ...(partition === undefined ? [] : elsewhere(chart, path, partition)),
    ];
  });
};

function unusedIdentity({ bucket, permissions, service_account }: ExtraChart, path: Path): Finding[] {
  if (service_account !== undefined && permissions === undefined && bucket === undefined) {
    const message = "has nothing to be allowed: add permissions or a bucket, or remove it";
    return [
      {
        path: [...path, "service_account"],
        message,
        given: [
          [...path, "permissions"],
          [...path, "bucket"],
        ],
      },
    ];
  }
  if (service_account !== undefined) return [];
  const message = "needs service_account: the service account of the chart's pods";
  return [
    ...(permissions === undefined ? [] : [{ path: [...path, "permissions"], message }]),
    ...(bucket === undefined ? [] : [{ path: [...path, "bucket"], message }]),
  ].map((finding) => ({ ...finding, given: [[...path, "service_account"]] }));
}

/** EKS takes one association a service account. */
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
  const message = `${service_account} in ${namespace} has a role by ${owner} already, and EKS takes one a service account: name another`;
  return [{ path: [...path, "service_account"], message }];
}

function elsewhere({ permissions = [] }: ExtraChart, path: Path, partition: string): Finding[] {
  const given = [["tfvars", "common", "aws_region"]];
  return foreignArns(permissions, partition).map((finding) => ({
    ...finding,
    path: [...path, "permissions", ...finding.path],
    given,
  }));
}
