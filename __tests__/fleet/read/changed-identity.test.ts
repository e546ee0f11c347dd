import { IDENTITIES } from "../../../fleet/schema/identity";
import { mergedSchema } from "../../../fleet/schema/json-schema";
import { account, definition } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

/** A cluster of an account with layers of its own. */
function problems(tfvars: string, sections: Parameters<typeof definition>[0]): string[] {
  return problemsOf({
    "accounts/mine.yaml": account({ tfvars }),
    [FILE]: definition({ meta: "ACCOUNT: mine", ...sections }),
  });
}

test("refuses an access entry that a cluster gives another principal than its account", () => {
  const arn = "arn:aws:iam::444444444444:role/search";
  const entry = `access_entries:\n  - { name: admin, principal_arn: "${arn}", access_policy: AmazonEKSClusterAdminPolicy }`;
  expect(problems("", { cluster: entry })).toEqual([
    `${FILE}:11:39 tfvars.cluster.access_entries[admin].principal_arn: is another principal_arn than accounts/mine.yaml:11:39 sets for "admin", whose other keys this item would inherit. Rename this item, or keep its principal_arn`,
  ]);
});

test("accepts an access entry that a cluster gives another policy", () => {
  const entry = "access_entries:\n  - { name: admin, namespaces: [default], access_policies: [] }";
  expect(problems("", { cluster: entry }).filter((problem) => problem.includes("is another"))).toEqual([]);
});

test("warns of a worker group of another kind than its account's group of that name", () => {
  expect(
    problems("workers:\n  - { name: general, kind: managed }\n", { worker: "kind: self_managed" }).filter((problem) =>
      problem.includes("is another"),
    ),
  ).toEqual([
    expect.stringContaining(
      'warning: tfvars.workers[general].kind: is another kind than accounts/mine.yaml:13:30 sets for "general"',
    ),
  ]);
});

test("each list that merges by name has the key that identifies an item", () => {
  const found: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string): void => {
    for (const branch of [schema, ...((schema["anyOf"] as Record<string, unknown>[] | undefined) ?? [])]) {
      const { items, properties } = branch as {
        items?: Record<string, unknown>;
        properties?: Record<string, Record<string, unknown>>;
      };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (!key.endsWith("_defaults")) visit(value, path === "" ? key : `${path}.${key}`);
      }
      if (items === undefined) continue;
      if (Object.hasOwn((items["properties"] as object | undefined) ?? {}, "name")) found.push(path);
      visit(items, `${path}.*`);
    }
  };
  const { properties } = mergedSchema("cluster") as { properties: { tfvars: Record<string, unknown> } };
  visit(properties.tfvars, "");
  expect(found.sort()).toEqual(Object.keys(IDENTITIES).sort());
});
