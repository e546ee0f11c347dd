import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { isMap } from "../../language/plain-map";
import { contentsOf, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

/** The same value with the keys of every map in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

/** A cluster whose maps have two keys where they become text or part of a name. The maps of the sample fleet have one key there. */
const PAIRS = `
meta: { CLUSTER_NAME: pairs.dev.example.com, RELEASE_MODEL: stable, ACCOUNT: sandbox, TIER: development }
tfvars:
  common: { aws_region: us-east-1 }
  networking: { vpc_cidr: 10.127.0.0/16 }
  cluster:
    service_account_roles:
      - { name: a, namespace: a, service_account: a, by: pod_identity, statements: [{ actions: ["s3:GetObject"], resources: ["*"], condition: { StringLike: { "s3:prefix": a, "aws:username": b }, Bool: { "aws:SecureTransport": "true" } } }] }
  workers: [{ name: general, min_size: 2 }, { name: own, kind: self_managed, group_tags: { team: a, app: b } }]
  fargate_profiles: [{ name: jobs, selectors: [{ namespace: jobs, labels: { team: a, app: b } }] }]
  addons:
    keda: { enabled: true, options: { permissions: [{ actions: ["sqs:GetQueueAttributes"], resources: ["*"], condition: { StringEquals: { "aws:ResourceTag/b": "1", "aws:ResourceTag/a": "1" } } }] } }
    github_actions_runners: { enabled: true, options: { runner_sets: [{ name: a, github_url: "https://github.com/acme", github_app_secret: gh, min_runners: 0, max_runners: 5, cpu: "1", memory: 2Gi, container_mode: none, env: { B: b, A: a } }] } }
    loki_enabled: true
    alloy: { enabled: true, options: { labels: { team: a, env: b } } }
`;

/** Every file of a fleet, and the shipped defaults and releases, written anew by `change`. */
function fleet(name: string, change: (value: unknown) => unknown): string {
  const directory = join(work.path, name);
  const copy = (from: string, file: string): void => write(file, readFileSync(join(from, file), "utf8"));
  const write = (file: string, text: string): void => {
    const value: unknown = YAML.parse(text, { intAsBigInt: false });
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(
      join(directory, file),
      YAML.stringify(change(value), {
        defaultStringType: "QUOTE_DOUBLE",
        defaultKeyType: "PLAIN",
        aliasDuplicateObjects: false,
      }),
    );
  };
  for (const file of ["defaults.yaml", ...readdirSync("definitions/releases").map((each) => `releases/${each}`)])
    copy("definitions", file);
  for (const file of readdirSync(SAMPLE_FLEET, { recursive: true }) as string[])
    if (file.endsWith(".yaml")) copy(SAMPLE_FLEET, file);
  write("clusters/pairs.dev.example.com.yaml", PAIRS);
  return directory;
}

test("the order of keys in files changes nothing that is written", async () => {
  const output = (name: string): string => join(work.path, `${name}-out`);
  await synthesizeFleet(
    output("same"),
    fleet("same", (value) => value),
  );
  await synthesizeFleet(output("turned"), fleet("turned", turned));

  expect(Object.keys(contentsOf(output("same"))).length).toBeGreaterThan(60);
  expect(contentsOf(output("turned"))).toEqual(contentsOf(output("same")));
});
