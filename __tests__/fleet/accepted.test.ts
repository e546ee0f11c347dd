import { readFileSync } from "node:fs";
import { type AcceptedFleet, resolveAccepted } from "../../fleet/accepted";
import { DefinitionError } from "../../language/problem";
import { type Files, readingDefinitions, SMALLEST, TODAY } from "../support/definitions";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const RANGES = ["good", "bad", "staged", "peered"];

const cluster = (name: string, more = ""): string =>
  `${SMALLEST.replace("a.example.com", `${name}.example.com`)}  networking:\n    vpc_cidr: 10.${RANGES.indexOf(name)}.0.0/16\n${more}`;

const STAGING = readFileSync(`${SAMPLE_FLEET}/tiers/staging.yaml`, "utf8");

const staged = cluster("staged").replace("tfvars:", "  TIER: staging\ntfvars:");

const file = (name: string): string => `clusters/${name}.example.com.yaml`;

type Answer = Pick<AcceptedFleet, "refused" | "refusedForPeers"> & { readonly accepted: readonly string[] };

function answer(files: Files, select?: string): Answer {
  return readingDefinitions(files, (directory) => {
    const { refused, refusedForPeers, selected } = resolveAccepted({
      ...{ directory, shipped: "definitions", today: TODAY, select },
    });
    return { accepted: selected.map(({ name }) => name), refused, refusedForPeers };
  });
}

const BAD = { accepted: ["good.example.com"], refused: ["bad.example.com"], refusedForPeers: [] };

test.each([
  ["has an unknown key", cluster("bad", "nonsense: 1\n")],
  [
    "has a value that a rule refuses",
    cluster("bad").replace("name: general", "name: general\n      min_size: 9\n      max_size: 3"),
  ],
  ["is not valid YAML", "meta: [\n"],
  ["names a tier that does not exist", cluster("bad").replace("tfvars:", "  TIER: nowhere\ntfvars:")],
])("leaves out a cluster whose file %s", (_, bad) => {
  expect(answer({ [file("bad")]: bad, [file("good")]: cluster("good") })).toEqual(BAD);
});

test("leaves out clusters that use a tier with an error, and no other", () => {
  expect(
    answer({ [file("good")]: cluster("good"), [file("staged")]: staged, "tiers/staging.yaml": "nonsense: 1\n" }),
  ).toEqual({
    accepted: ["good.example.com"],
    refused: ["staged.example.com"],
    refusedForPeers: [],
  });
});

test("leaves out only that cluster of a tier for which a value of the tier is refused", () => {
  const files = {
    "tiers/staging.yaml": STAGING.replace(
      "networking:",
      "networking:\n    availability_zones: [us-east-1a, us-east-1b]",
    ),
    [file("bad")]: cluster("bad").replace("tfvars:", "  TIER: staging\ntfvars:").replace("us-east-1", "eu-west-1"),
    [file("good")]: cluster("good").replace("tfvars:", "  TIER: staging\ntfvars:"),
  };
  expect(answer(files)).toEqual(BAD);
});

test("leaves out a cluster that is peered with one that has errors", () => {
  const peering =
    "    vpc_peering_connections:\n      - { name: x, cluster: bad.example.com, tiers: [private], peer_tiers: [private], allow_remote_vpc_dns_resolution: false }\n";
  expect(
    answer({
      [file("bad")]: cluster("bad", "nonsense: 1\n"),
      [file("good")]: cluster("good"),
      [file("peered")]: cluster("peered", peering),
    }),
  ).toEqual({
    accepted: ["good.example.com"],
    refused: ["bad.example.com", "peered.example.com"],
    refusedForPeers: ["peered.example.com"],
  });
});

test.each([
  "rollouts.yaml",
  "pipelines.yaml",
  "exceptions/a.yaml",
  "tiers/unused.yaml",
  "adopted/other.example.com.yaml",
])("an error in %s refuses no cluster", (name) => {
  expect(answer({ [file("good")]: cluster("good"), [name]: "nonsense: 1\n" })).toEqual({ ...BAD, refused: [] });
});

test.each(["defaults.yaml", "channels.yaml", "regions.yaml"])("an error in %s refuses all clusters", (name) => {
  expect(() => answer({ [file("good")]: cluster("good"), [name]: "nonsense: [\n" })).toThrow(DefinitionError);
});

test("a selection that names an unknown cluster has no answer", () => {
  expect(() => answer({ [file("good")]: cluster("good") }, "good.example.com,goood.example.com")).toThrow(
    'no cluster is named "goood.example.com"',
  );
});

test("a folder of clusters that is not read has no answer, because its clusters would seem to be removed", () => {
  expect(() => answer({ [file("good")]: cluster("good"), "clusters/team": { linkTo: "/tmp" } })).toThrow(
    DefinitionError,
  );
});
