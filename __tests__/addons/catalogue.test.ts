import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf } from "../../addons/contract/addon";
import { OFF_FARGATE } from "../../addons/parts/pods";
import { contextOf, defaults } from "./support/context";

const addons: readonly Addon[] = Object.values(catalogue);
const names = Object.keys(catalogue);
const file = ({ name }: Addon) => name.replaceAll("_", "-");
const releases = readdirSync("definitions/releases").map((name) => ({
  name,
  ...(parse(readFileSync(`definitions/releases/${name}`, "utf8")) as {
    charts: Record<string, unknown>;
    kubernetes: Record<string, { eks_addons: Record<string, unknown> }>;
  }),
}));

/** The name of a service account is beside its annotations. */
test.each(addons.filter(({ fargate }) => fargate?.annotations !== undefined))(
  "the role of $name on Fargate is annotated on its own service account",
  (addon) => {
    const values = addon.values(contextOf(), defaults(addon.name).options);
    const account = (addon.fargate?.annotations ?? [])
      .slice(0, -1)
      .reduce<unknown>((map, key) => (map as Record<string, unknown>)[key], values);

    expect(account).toEqual({ name: addon.service_account });
    expect(addon.fargate?.annotations?.at(-1)).toBe("annotations");
    expect(addon.further_identities).toBeUndefined();
  },
);

describe("Adding an addon is a file, a catalogue line, a release entry and a test", () => {
  test.each(Object.entries<Addon>(catalogue))("%s is catalogued under its own name", (key, addon) => {
    expect(addon.name).toBe(key);
  });

  /** Names of the files below a folder, without their ending, wherever they stand in it. */
  const namesBelow = (folder: string, ending: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((path) =>
      path.endsWith(ending) ? basename(path, ending) : [],
    );

  test.each(addons)("$name has one file and one test named after it", (addon) => {
    expect(namesBelow("addons", ".ts").filter((name) => name === file(addon))).toHaveLength(1);
    expect(namesBelow("__tests__/addons", ".test.ts").filter((name) => name === file(addon))).toHaveLength(1);
  });

  test("every test below addons/ is named after a file below addons/, or is about all of them", () => {
    const aboutAll = [
      "daemon-pods",
      "disruption-budget",
      "log-loss",
      "named-addons",
      "permissions",
      "priority",
      "relations",
      "release-notes",
      "service-levels",
      "subsets",
      "workloads",
    ];
    const sources = namesBelow("addons", ".ts");

    expect(
      namesBelow("__tests__/addons", ".test.ts")
        .filter((name) => !sources.includes(name))
        .sort(),
    ).toEqual(aboutAll);
  });

  test.each(addons)("$name has all its defaults in definitions/defaults.yaml, and its schema accepts them", (addon) => {
    const section = defaults(addon.name);

    const further = chartsOf(addon).slice(1);
    expect(Object.keys(section)).toEqual([
      "enabled",
      "options",
      "values",
      ...(further.length > 0 ? ["further_values"] : []),
    ]);
    expect(section.further_values ?? {}).toEqual(Object.fromEntries(further.map((chart) => [chart, {}])));
    expect(addon.options.safeParse(section.options)).toEqual({ success: true, data: section.options });
    expect(section.values).toEqual({});
  });

  test("defaults.yaml has no section of an addon that does not exist", () => {
    const { tfvars } = parse(readFileSync("definitions/defaults.yaml", "utf8"));

    expect(Object.keys(tfvars.addons).sort()).toEqual(
      ["network_policies_enabled", "platform", "runbooks_url", "sla", ...names].sort(),
    );
  });

  test.each(releases)("release $name has each Helm addon's charts, and no other", ({ charts }) => {
    expect(Object.keys(charts).sort()).toEqual(addons.flatMap(chartsOf).sort());
  });

  test.each(
    releases.flatMap(({ name, kubernetes }) => Object.entries(kubernetes).map(([minor, of]) => ({ name, minor, of }))),
  )("release $name has each EKS add-on for Kubernetes $minor", ({ of }) => {
    const eks = addons.flatMap((addon) => (addon.kind === "eks" ? [addon.eks_name] : []));

    expect(Object.keys(of.eks_addons)).toEqual(expect.arrayContaining(eks));
  });
});

describe("An addon that is on by default", () => {
  test("requires nothing of the cluster", () => {
    const on = addons.filter(({ name }) => defaults(name).enabled);

    expect(on.map(({ name }) => name)).toEqual([
      "aws_ebs_csi_driver",
      "aws_load_balancer_controller",
      "cluster_autoscaler",
      "coredns",
      "metrics_server",
    ]);
    expect(
      on.flatMap((addon) => [
        ...(addon.needs?.(addon.options.parse(defaults(addon.name).options)) ?? []),
        ...addon.requires,
      ]),
    ).toEqual([]);
  });
});

describe("Facts of addons", () => {
  test.each(addons)("$name names only addons that exist, and not itself", ({ name, ...facts }) => {
    const named = [...facts.requires, ...facts.after, ...facts.conflicts_with, ...(facts.manifests_after ?? [])];

    expect(named.filter((other) => other === name || !names.includes(other))).toEqual([]);
  });

  test.each(addons)("$name has a service account exactly where it has permissions or a bucket", (addon) => {
    expect(addon.service_account !== undefined).toBe(addon.permissions !== undefined || addon.bucket !== undefined);
  });

  test("a conflict is declared by both addons, and no addon requires one that it conflicts with", () => {
    const conflicts = addons.flatMap(({ name, conflicts_with }) => conflicts_with.map((other) => [name, other]));
    const reversed = conflicts.map(([one, other]) => [other, one]);

    expect(conflicts).toEqual(expect.arrayContaining(reversed));
    expect(addons.filter(({ requires, conflicts_with }) => requires.some((it) => conflicts_with.includes(it)))).toEqual(
      [],
    );
  });

  test("every namespace but kube-system belongs to one addon, and has a Pod Security level", () => {
    const own = addons.filter(({ namespace }) => namespace !== "kube-system");

    expect(own.map(({ pod_security }) => pod_security)).not.toContain(undefined);
    expect(new Set(own.map(({ namespace }) => namespace)).size).toBe(own.length);
    expect(addons.filter(({ namespace, pod_security }) => namespace === "kube-system" && pod_security)).toEqual([]);
  });

  test.each(addons)(
    "$name describes each of its options, refuses others, and has no default in code",
    ({ options }) => {
      const schema = z.toJSONSchema(options, { io: "input" });
      const properties = schema.properties ?? {};

      expect(schema.additionalProperties).toBe(false);
      expect(schema.required ?? []).toEqual(Object.keys(properties));
      for (const [key, property] of Object.entries(properties)) {
        expect(key).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(property).toHaveProperty("description", expect.stringMatching(/\.$/));
      }
    },
  );
});

test("Helm waits for the addons that others depend on, and for no others", () => {
  const waited = Object.values<Addon>(catalogue).filter((addon) => addon.kind === "helm" && addon.wait);

  expect(waited.map(({ name }) => name).sort()).toEqual([
    "argo_cd",
    "aws_load_balancer_controller",
    "cert_manager",
    "cluster_autoscaler",
    "external_secrets",
    "flux",
    "github_actions_runners",
    "ingress_nginx",
    "karpenter",
    "kyverno",
    "metrics_server",
    "prometheus_adapter",
  ]);
});

/** Chosen by their charts: nodes with the label of a GPU, and nodes of Linux, which Fargate's are too. */
const CHOSEN_BY_THEIR_CHARTS = ["kube_prometheus_stack", "nvidia_device_plugin", "secrets_store_csi_driver"];

test("DaemonSets that tolerate every taint avoid nodes that cannot run them: Windows and Fargate", () => {
  const anywhere = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null) return false;
    const { affinity, nodeSelector, tolerations } = value as Record<string, unknown>;
    const every = Array.isArray(tolerations) && tolerations.some(({ key, operator }) => !key && operator === "Exists");
    const linux = (nodeSelector as Record<string, unknown> | undefined)?.["kubernetes.io/os"] === "linux";
    return (every && !(linux && affinity === OFF_FARGATE)) || Object.values(value).some(anywhere);
  };

  expect(
    addons
      .filter(({ kind }) => kind === "helm")
      .filter((addon) => anywhere(addon.values(contextOf(), addon.options.parse(defaults(addon.name).options))))
      .map(({ name }) => name),
  ).toEqual(CHOSEN_BY_THEIR_CHARTS);
});
