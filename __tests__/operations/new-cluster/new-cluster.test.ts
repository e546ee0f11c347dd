import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { loadFleet } from "../../../fleet/load";
import { DefinitionFiles } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { newCluster } from "../../../operations/new-cluster/new-cluster";
import { PRESET_NAMES } from "../../../operations/new-cluster/presets";
import { type NewClusterRequest, nextQuestion, type Surroundings } from "../../../operations/new-cluster/request";
import { definition } from "../../support/definition";
import { type Files, TODAY, withDefinitions } from "../../support/definitions";

const NAME = "search.dev.example.com";
const REQUEST: NewClusterRequest = {
  name: NAME,
  owner: "search",
  account: "sandbox",
  tier: "development",
  region: "eu-west-1",
};

const existing = (name: string, range: string): Files => ({
  [`clusters/${name}.yaml`]: definition({ meta: "ACCOUNT: sandbox", networking: `vpc_cidr: ${range}` }, name),
});

function surroundingsOf(directory: string): Surroundings {
  const ranges = join(directory, "ranges.yaml");
  return {
    layers: new Layers(new DefinitionFiles(directory, "definitions")),
    fleet: loadFleet({ directory, shipped: "definitions", today: TODAY, withoutClusters: true }),
    ranges: existsSync(ranges) ? readFileSync(ranges, "utf8") : undefined,
  };
}

/** Answers a request in a directory; `use` gets the directory with the files written. */
function ask<Result>(
  files: Files,
  request: Partial<NewClusterRequest>,
  use: (directory: string, answer: ReturnType<typeof newCluster>) => Result,
): Result {
  return withDefinitions({ ...existing("a.example.com", "10.64.0.0/16"), ...files }, (directory) => {
    const answer = newCluster({ ...REQUEST, ...request }, surroundingsOf(directory));
    if ("files" in answer) {
      for (const [path, text] of answer.files) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    }
    return use(directory, answer);
  });
}

const problemsOf = (request: Partial<NewClusterRequest>, files: Files = {}): unknown =>
  ask(files, request, (_, answer) => ("problems" in answer ? answer.problems : answer.cluster.range));

test.each(PRESET_NAMES)("preset %s writes a file that validates, and reserves its range", (preset) => {
  ask({}, { preset }, (directory, answer) => {
    const written = "files" in answer ? [...answer.files.keys()].map((path) => relative(directory, path)) : answer;
    expect(written).toEqual([`clusters/search/${NAME}.yaml`, "ranges.yaml"]);

    const { clusters } = loadFleet({ directory, shipped: "definitions", today: TODAY });
    const cluster = clusters.find(({ name }) => name === NAME);
    expect(cluster?.tfvars.networking.vpc_cidr).toBe("10.65.0.0/16");
    expect(cluster?.meta).toMatchObject({ OWNER: "search", TIER: "development" });
  });
});

test("the first reservation also reserves the ranges of the clusters that are there", () => {
  ask({}, {}, (directory) => {
    expect(parse(readFileSync(join(directory, "ranges.yaml"), "utf8"))).toEqual({
      sandbox: { "10.64.0.0/16": "a.example.com", "10.65.0.0/16": NAME },
    });
  });
});

test("uses no range that ranges.yaml reserves for a cluster of another branch", () => {
  const ranges = "sandbox:\n  10.64.0.0/16: a.example.com\n  10.65.0.0/16: other.example.com\n";
  expect(problemsOf({}, { "ranges.yaml": ranges })).toBe("10.66.0.0/16");
});

test("a smaller range is cut from the next free addresses", () => {
  expect(problemsOf({ prefix: 20 })).toBe("10.65.0.0/20");
});

test("writes the zones and the channel of the request, and the zones once", () => {
  const request = { zones: ["eu-west-1a", "eu-west-1b"], releaseModel: "2026.12", preset: "production" };
  ask({}, request, (directory) => {
    const text = readFileSync(join(directory, `clusters/search/${NAME}.yaml`), "utf8");
    expect(parse(text)).toMatchObject({
      meta: { RELEASE_MODEL: "2026.12" },
      tfvars: { networking: { availability_zones: ["eu-west-1a", "eu-west-1b"] } },
    });
  });
});

test("without a region it uses the one that all clusters of the account share", () => {
  expect(problemsOf({ region: undefined, account: "sandbox" })).toBe("10.65.0.0/16");
});

test("reports every problem of a request at once, with what is allowed", () => {
  expect(
    problemsOf({
      name: "Search",
      owner: "Ops!",
      account: "sandbx",
      tier: "test",
      preset: "tiny",
      releaseModel: "stabel",
      region: "eu-west1",
      prefix: 12,
    }),
  ).toEqual([
    { flag: "name", message: expect.stringContaining('got "Search"') },
    { flag: "owner", message: expect.stringContaining('got "Ops!"') },
    { flag: "account", message: 'unknown account "sandbx". Did you mean "sandbox"?' },
    { flag: "tier", message: 'unknown tier "test". Known: development, production, staging' },
    { flag: "region", message: 'unknown region "eu-west1". Did you mean "eu-west-1"?' },
    { flag: "preset", message: 'unknown preset "tiny". Known: gpu, private, production, small' },
    { flag: "prefix", message: "must be a whole number from 16 to 24, got 12. AWS allows no VPC larger than a /16" },
    { flag: "releaseModel", message: 'unknown channel or release "stabel". Did you mean "stable"?' },
  ]);
});

test("a name that exists is refused", () => {
  expect(problemsOf({ name: "a.example.com" })).toEqual([
    { flag: "name", message: "a.example.com exists already. Choose another name, or edit its file" },
  ]);
});

test("a full pool is reported with its ranges", () => {
  const account = readFileSync("__tests__/fleets/samples/accounts/sandbox.yaml", "utf8");
  const full = account.replace(/cidr_pools: \[.*\]/, "cidr_pools: [10.64.0.0/16]");
  expect(problemsOf({}, { "accounts/sandbox.yaml": full })).toEqual([
    { flag: "prefix", message: "sandbox has no free /16 in its cidr_pools (10.64.0.0/16)" },
  ]);
});

test("the only account and the only tier are used, and a region is required while the account has no cluster", () => {
  withDefinitions({}, (directory) => {
    rmSync(join(directory, "accounts/production.yaml"));
    rmSync(join(directory, "accounts/acme.yaml"));
    for (const tier of ["production", "staging"]) rmSync(join(directory, `tiers/${tier}.yaml`));
    const answer = newCluster({ name: NAME, owner: "search" }, surroundingsOf(directory));
    expect(answer).toEqual({
      problems: [
        { flag: "region", message: "is required, because sandbox has no cluster yet. Name one, such as eu-west-1" },
      ],
    });
  });
});

test("of several accounts and tiers without a default, one is required", () => {
  withDefinitions({}, (directory) => {
    rmSync(join(directory, "accounts/production.yaml"));
    rmSync(join(directory, "tiers/production.yaml"));
    const answer = newCluster({ name: NAME, owner: "search", region: "eu-west-1" }, surroundingsOf(directory));
    expect(answer).toEqual({
      problems: [
        { flag: "account", message: "is required. Known: acme, sandbox" },
        { flag: "tier", message: "is required. Known: development, staging" },
      ],
    });
  });
});

test("questions are about missing values, and offer defaults from earlier answers", () => {
  withDefinitions(existing("a.example.com", "10.64.0.0/16"), (directory) => {
    const surroundings = surroundingsOf(directory);
    const asked = (request: Partial<NewClusterRequest>) => {
      const next = nextQuestion({ name: "b.example.com", ...request }, surroundings);
      return next && [next.flag, next.default, next.choices?.length];
    };
    expect(asked({})).toEqual(["owner", "platform", undefined]);
    expect(asked({ owner: "search" })).toEqual(["account", "production", 3]);
    expect(asked({ owner: "search", account: "sandbox" })).toEqual(["tier", "production", 3]);
    const { name: _, ...complete } = { ...REQUEST, region: undefined };
    expect(asked(complete)).toEqual(["region", "us-east-1", Object.keys(surroundings.layers.regions).length]);
    expect(asked({ ...complete, region: "eu-west-1" })).toEqual(["preset", "small", 4]);
    expect(asked({ ...complete, region: "eu-west-1", preset: "gpu" })).toEqual(["prefix", "16", undefined]);
    expect(asked({ ...complete, region: "eu-west-1", preset: "gpu", prefix: 20 })).toBeUndefined();
  });
});

test("a question refuses what the command would refuse", () => {
  withDefinitions(existing("a.example.com", "10.64.0.0/16"), (directory) => {
    const surroundings = surroundingsOf(directory);
    const refused = (request: Partial<NewClusterRequest>, answer: string) =>
      nextQuestion({ name: "b.example.com", ...request }, surroundings)?.refused(answer);
    expect(refused({}, "Ops!")).toContain('got "Ops!"');
    const size = { ...REQUEST, preset: "small" };
    expect(refused(size, "12")).toContain("must be a whole number from 16 to 24, got 12");
    expect(refused(size, "20")).toBeUndefined();
  });
});
