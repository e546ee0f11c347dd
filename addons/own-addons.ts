import { z } from "zod";
import type { Extension } from "../language/extensions/compile";
import { extensionProblem } from "../language/extensions/find";
import { provide, provideWhole } from "../language/extensions/host";
import { loadExtensions, reportExtension } from "../language/extensions/own";
import { ExtensionError, guarded } from "../language/extensions/run";
import { callable, optionsSchema, shapeProblems } from "../language/extensions/shape";
import { isMap } from "../language/plain-map";
import { didYouMean } from "../language/suggest";
import { type Addon, chartsOf, defineEksAddon, defineHelmAddon, ownNamespaces } from "./contract/addon";
import { reportItems, reportKey, reportOption, reportSwitch } from "./contract/rule";

provideWhole("zod", { ...z, z, default: z, __esModule: true });
provide("cluster-fleet/contracts", {
  z,
  chartsOf,
  defineEksAddon,
  defineHelmAddon,
  ownNamespaces,
  reportItems,
  reportKey,
  reportOption,
  reportSwitch,
});

type Catalogue = Readonly<Record<string, Addon>>;

/** Keys of `tfvars.addons` that are no addon. */
const OTHER_KEYS = ["sla", "platform", "runbooks_url", "network_policies_enabled"];

const names = z.array(z.string());

/** The fields that every addon requires. */
const facts = z.looseObject({
  kind: z.enum(["helm", "eks"], "must be created by defineHelmAddon({ … }) or defineEksAddon({ … })"),
  name: z.string(),
  summary: z.string().min(1),
  namespace: z.string().min(1),
  requires: names,
  after: names,
  conflicts_with: names,
  options: optionsSchema,
  values: callable,
  wait: z.boolean().optional(),
  eks_name: z.string().optional(),
  release_notes: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  permissions: callable.optional(),
  manifests: callable.optional(),
  checks: z.array(callable).optional(),
});

/** Returns the addons of `extensions/addons/`, by their names; those with an error are left out. */
export function ownAddons(ours: Catalogue): Catalogue {
  const found = loadExtensions("addons", (exported, extension): readonly [Addon, Extension] => {
    const parsed = facts.safeParse(exported);
    if (!parsed.success) throw new ExtensionError(shapeProblems(extension.file, parsed.error));
    const addon = exported as Addon;
    const wrong = wrongIn(addon, extension, ours);
    if (wrong.length > 0) throw new ExtensionError(wrong.map((message) => extensionProblem(extension.file, message)));
    return [guardedAddon(addon, extension), extension];
  });
  const own = Object.fromEntries(found.map(([addon]) => [addon.name, addon]));
  for (const [addon, { file }] of found)
    for (const message of unrelated(addon, { ...ours, ...own })) reportExtension(extensionProblem(file, message));
  return own;
}

/** Returns the fields of an addon that collide with one of the program's, and a name that differs from its file's. */
function wrongIn(addon: Addon, { name: file }: Extension, ours: Catalogue): string[] {
  const { name } = addon;
  const expected = file.replaceAll("-", "_");
  const charts = Object.values(ours).flatMap((each) => chartsOf(each));
  const namespaces = Object.values(ours).flatMap((each) => ownNamespaces(each));
  const eks = Object.values(ours).flatMap((each) => (each.kind === "eks" ? [each.eks_name] : []));
  const switches = Object.values(ours).flatMap(({ further_switches = [] }) => further_switches.map(({ key }) => key));
  const taken = [...Object.keys(ours), ...charts, ...OTHER_KEYS, ...switches];
  return [
    ...(name === expected
      ? []
      : [
          `has the name ${JSON.stringify(name)}, but the file must have the name of its addon. Set name: "${expected}", or rename the file`,
        ]),
    ...(taken.includes(name) ? [`the program already uses the name ${name}. Rename the addon and its file`] : []),
    ...chartsOf(addon)
      .slice(1)
      .filter((chart) => taken.includes(chart))
      .map((chart) => `the program already uses the chart ${chart}. Rename it in further_charts`),
    ...ownNamespaces(addon)
      .filter((namespace) => namespaces.includes(namespace))
      .map((namespace) => `the namespace ${namespace} is created by an addon of the program. Use another one`),
    ...(addon.kind === "eks" && (addon.eks_name === undefined || eks.includes(addon.eks_name))
      ? [`eks_name must be the name of an EKS add-on that the program does not install, but is ${addon.eks_name}`]
      : []),
    ...(addon.kind === "helm" && addon.wait === undefined ? ["wait must be true or false"] : []),
  ];
}

/** Returns the addons that an addon names and that do not exist, or that wait for it in turn. */
function unrelated({ after, conflicts_with, name, requires }: Addon, all: Catalogue): string[] {
  const before = (each: string): readonly string[] => [...(all[each]?.requires ?? []), ...(all[each]?.after ?? [])];
  const waits = new Set(before(name));
  for (const each of waits) for (const next of before(each)) waits.add(next);
  return [
    ...[...requires, ...after, ...conflicts_with]
      .filter((other) => all[other] === undefined)
      .map((other) => `names an addon ${other}, which does not exist${didYouMean(other, Object.keys(all))}`),
    ...(waits.has(name) ? ["is installed after itself: the addons in requires and after wait for each other"] : []),
  ];
}

/** Returns an addon whose functions report an error with its place in the extension. */
function guardedAddon(addon: Addon, extension: Extension): Addon {
  const wrap = (value: unknown, path: string, owner: unknown): unknown => {
    if (typeof value === "function")
      return (...values: unknown[]) => guarded(extension, `${path} failed`, () => Reflect.apply(value, owner, values));
    if (Array.isArray(value)) return value.map((item, index) => wrap(item, `${path}[${index}]`, value));
    if (!isMap(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const entries = Object.entries(value).map(([key, item]) => {
      const below = path === "" ? key : `${path}.${key}`;
      return [key, below === "options" ? item : wrap(item, below, value)] as const;
    });
    return Object.fromEntries(entries);
  };
  return wrap(addon, "", undefined) as Addon;
}
