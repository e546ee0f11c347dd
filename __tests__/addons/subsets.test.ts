import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import { Addons } from "../../constructs/addons/addons";
import { startOfflineProviders } from "../../offline/offline-providers";
import { Terraform } from "../../offline/terraform";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { cases } from "../support/jest/cases";
import { addonsProps } from "../support/props";
import { scratch } from "../support/run-program";
import { type Block, type Synthesized, synth } from "../support/synth";
import { loaded, type Subset, subsets } from "./support/subsets";

/** The same subsets each time; a failure prints it with the smallest subset that still fails. */
const SEED = 20261121;

/** Characters of all inline policies of a role, and of the policy that says who takes it: quotas of IAM. */
const MOST_OF_A_POLICY = 10_240;
const MOST_OF_A_TRUST = 2_048;
/** Helm stores a release under its name, and takes no longer one. */
const MOST_OF_A_RELEASE = 53;

type Resources = Readonly<Record<string, Block>>;

function dependsOn(block: Block | undefined): readonly string[] {
  return (block?.["depends_on"] ?? []) as readonly string[];
}

/** All that is there before it. */
function allBefore(address: string, resources: Resources): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...dependsOn(resources[address])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...dependsOn(resources[next]));
  }
  return found;
}

/** The release or the EKS add-on that each addon is. */
function addressesOf({ enabled }: Subset, resources: Resources): ReadonlyMap<string, string> {
  const found = Object.keys(resources).map((address) => [address.replace(/_[0-9A-F]{8}$/, ""), address] as const);
  return new Map(
    [...enabled].map((addon): [string, string] => {
      const own = found.filter(
        ([name]) => name === `helm_release.addons_${addon}` || name === `aws_eks_addon.addons_${addon}`,
      );
      expect({ addon, found: own.length }).toEqual({ addon, found: 1 });
      return [addon, own[0]?.[1] ?? ""];
    }),
  );
}

function expectOrder(subset: Subset, resources: Resources): void {
  const { enabled } = subset;
  const addresses = addressesOf(subset, resources);
  const wrong = Object.values<Addon>(catalogue)
    .filter(({ name }) => enabled.has(name))
    .flatMap(({ name, requires, after }) => {
      const own = addresses.get(name) ?? "";
      const before = allBefore(own, resources);
      const missing = [...requires, ...after].filter(
        (other) => enabled.has(other) && !before.has(addresses.get(other) ?? ""),
      );
      return missing.length > 0 || before.has(own) ? [{ name, missing, inCircle: before.has(own) }] : [];
    });
  expect(wrong).toEqual([]);
}

function expectReferences(resources: Resources): void {
  const interpolated = JSON.stringify(resources).match(/(?<=(?<!\$)\$\{)(?:aws|helm|kubernetes)_\w+\.\w+/g) ?? [];
  const named = [...Object.values(resources).flatMap(dependsOn), ...interpolated];

  expect(named.filter((address) => resources[address] === undefined)).toEqual([]);
}

/** The texts that AWS or Kubernetes knows a kind of resource by are each there once. */
function expectOnce(of: Synthesized): void {
  const keys = [
    ...Object.values(of.all("helm_release")).map(({ namespace, name }) => `release ${namespace}/${name}`),
    ...Object.values(of.all("kubernetes_namespace_v1")).map(({ metadata }) => `namespace ${JSON.stringify(metadata)}`),
    ...Object.values(of.all("aws_eks_addon")).map(({ addon_name }) => `EKS add-on ${addon_name}`),
    ...Object.values(of.all("aws_iam_role")).map(({ name }) => `role ${name}`),
    ...Object.values(of.all("aws_s3_bucket")).map(({ bucket }) => `bucket ${bucket}`),
    ...Object.values(of.all("aws_eks_pod_identity_association")).map(
      ({ namespace, service_account }) => `identity ${namespace}/${service_account}`,
    ),
  ];
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
}

function expectValues(of: Synthesized): void {
  for (const { name, values } of Object.values(of.all("helm_release"))) {
    const [text, ...more] = values as readonly string[];
    expect({ name, parsed: JSON.parse(text ?? ""), more }).toEqual({ name, parsed: expect.any(Object), more: [] });
    expect(String(name).length).toBeLessThanOrEqual(MOST_OF_A_RELEASE);
  }
  for (const { configuration_values } of Object.values(of.all("aws_eks_addon"))) {
    if (configuration_values !== undefined) JSON.parse(String(configuration_values));
  }
}

function expectPolicies(of: Synthesized): void {
  const long = Object.entries(of.all("aws_iam_role_policy")).filter(
    ([, { policy }]) => String(policy).length > MOST_OF_A_POLICY,
  );
  const trusts = Object.entries(of.all("aws_iam_role")).filter(
    ([, { assume_role_policy }]) => String(assume_role_policy).length > MOST_OF_A_TRUST,
  );
  const roles = Object.values(of.all("aws_iam_role_policy")).map(({ role }) => role);

  expect([...long, ...trusts].map(([address]) => address)).toEqual([]);
  expect(new Set(roles).size).toBe(roles.length); // the quota is of all policies of a role
}

test("any addons with their requirements are a complete stack, each after those that it requires", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(subsets, (subset) => {
      const cluster = loaded(subset);
      const stack = synth((scope) => {
        new Addons(scope, "addons", addonsProps(cluster));
      });
      const resources = stack.all();
      expectOrder(subset, resources);
      expectReferences(resources);
      expectOnce(stack);
      expectValues(stack);
      expectPolicies(stack);
      for (const name of subset.enabled) seen.add(name);
    }),
    { seed: SEED, numRuns: cases({ all: 20, quick: 14 }) },
  );

  expect([...seen].sort()).toEqual(Object.keys(catalogue).sort());
});

test("Terraform accepts the stacks of some selections", async () => {
  const work = scratch();
  const stacks = join(work.path, "out/stacks");
  const some = fc.sample(
    subsets.filter(({ enabled }) => enabled.size > 10),
    { seed: SEED, numRuns: cases({ all: 2, quick: 1 }) },
  );
  for (const [index, subset] of some.entries()) {
    synthesizeCluster(loaded({ ...subset, domain: `s${index}.dev.example.com` }), join(work.path, "out"));
  }
  const names = readdirSync(stacks).filter((name) => name.endsWith("-addons"));
  const providers = await startOfflineProviders({
    stacks: [stacks],
    storeDirectory: join(work.path, "store"),
  });
  try {
    const told = await Promise.all(
      names.map(async (name) => {
        const terraform = new Terraform({ directory: join(stacks, name), env: providers.env });
        await terraform.init({ backend: false });
        return (await terraform.validate()).stdout;
      }),
    );

    expect(told).toEqual(some.map(() => expect.stringContaining("Success! The configuration is valid.")));
  } finally {
    await providers.close();
    work.remove();
  }
});
