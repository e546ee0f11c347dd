import { definition } from "../../../support/definition";
import { type Options, problemsOf } from "../../../support/definitions";

const WAVES = `waves:
  - { name: first, select: { channel: insiders }, soak: 24h, healthy: [nodes] }
  - { name: rest, soak: 24h, healthy: [nodes] }
`;
const CHECKS = "health_checks:\n  nodes: { check: nodes, timeout: 5m }\n";

const cluster = (name: string, sections: Parameters<typeof definition>[0], range: number) =>
  definition({ networking: `vpc_cidr: 10.${range}.0.0/16\n`, ...sections }, name);

const CLUSTERS = {
  "clusters/a.example.com.yaml": cluster("a.example.com", { meta: "RELEASE_MODEL: insiders\n" }, 1),
  "clusters/b.example.com.yaml": cluster(
    "b.example.com",
    { meta: "OWNER: shop\n", rollout: "labels: { pair: one }\n" },
    2,
  ),
};

/** Returns what is reported about a `rollouts.yaml`, without warnings about waves and checks that a test leaves out. */
function reports(text: string, options: Options = {}): string[] {
  return problemsOf({ ...CLUSTERS, "rollouts.yaml": text }, options).filter(
    (line) => line.startsWith("rollouts.yaml") && !/has no cluster|no wave lists it/.test(line),
  );
}

const file = ({ records = "records: .fleet/rollouts\n", waves = WAVES, checks = CHECKS, rest = "" } = {}): string =>
  records + waves + checks + rest;

test("a file with a wave for every cluster is accepted", () => {
  expect(reports(file())).toEqual([]);
});

test("the file is not read with a selection of clusters, which cannot be judged by it", () => {
  expect(reports(file({ waves: "waves: []\n" }), { select: "a.example.com" })).toEqual([]);
});

const freeze = (from: string, until: string, more = ""): string =>
  `freezes:\n  - { name: quiet, from: "${from}", until: "${until}", reason: quiet days${more} }\n`;

test.each<[string, Parameters<typeof file>[0], string[]]>([
  [
    "a selector that names unknown things",
    {
      waves: WAVES.replace(
        "{ channel: insiders }",
        "{ channel: insider, tier: prod, region: [eu-west-9], owner: shops, labels: { pear: x, pair: two } }",
      ),
    },
    [
      'rollouts.yaml:3:39 waves[first].select.channel: no cluster can have channel "insider". Did you mean "insiders"?',
      'rollouts.yaml:3:54 waves[first].select.tier: no cluster can have tier "prod". Did you mean "production"?',
      'rollouts.yaml:3:69 waves[first].select.region[0]: no cluster can have region "eu-west-9". Did you mean "eu-west-1"?',
      'rollouts.yaml:3:88 waves[first].select.owner: no cluster can have owner "shops". Did you mean "shop"?',
      'rollouts.yaml:3:111 waves[first].select.labels.pear: no cluster has a label "pear". Known: pair',
      'rollouts.yaml:3:120 waves[first].select.labels.pair: no cluster has the label pair with value "two". Known: one',
    ],
  ],
  [
    "a cluster in no wave",
    { waves: WAVES.replace("name: rest,", "name: rest, select: { owner: shop }, except: { labels: { pair: one } },") },
    [
      "rollouts.yaml:3:3 waves: no wave has b.example.com. Select it in a wave, or end with a wave without select, which has all other clusters",
    ],
  ],
  [
    "a cluster in two waves",
    { waves: WAVES.replace("name: rest,", "name: rest, select: { tier: production },") },
    [
      "rollouts.yaml:4:27 waves[rest].select: selects a.example.com, which wave first selects too. A cluster must be in one wave: narrow one of the selectors, or add except",
    ],
  ],
  [
    "a wave without select that is not the last",
    { waves: WAVES.replace("select: { channel: insiders }, ", "") },
    [
      "rollouts.yaml:3:5 waves[first]: requires select. Only the last wave may omit it, and then has all other clusters",
    ],
  ],
  [
    "an unknown health check",
    { waves: WAVES.replace("[nodes]", "[node]") },
    ['rollouts.yaml:3:72 waves[first].healthy[0]: unknown health check "node". Did you mean "nodes"?'],
  ],
  [
    "a check without what it needs, with what it does not, and with an unknown placeholder",
    {
      checks: `${CHECKS}  shop: { check: url, timeout: 1m, command: [x] }\n  say: { check: command, timeout: 1m, command: ["{cluster}", "{clusters}"] }\n`,
    },
    [
      "rollouts.yaml:7:9 health_checks.shop: requires url, because check is url. Add url",
      "rollouts.yaml:7:45 health_checks.shop.command: has no effect because check is url. Remove it",
      "rollouts.yaml:8:49 health_checks.say.command[0]: must be a fixed program, without placeholders. Use them in arguments",
      'rollouts.yaml:8:62 health_checks.say.command[1]: unknown placeholder {clusters}. Did you mean "cluster"?',
    ],
  ],
  [
    "a token over http",
    { checks: `${CHECKS}  shop: { check: url, timeout: 1m, url: "http://x.example.com/", token_variable: TOKEN }\n` },
    [
      "rollouts.yaml:7:82 health_checks.shop.token_variable: requires an https:// address, because http:// would show the token to everybody on the way. Change url",
    ],
  ],
  [
    "a freeze that ends before it begins",
    { rest: freeze("2026-12-20T18:00:00Z", "2026-12-20T17:00:00Z") },
    ["rollouts.yaml:8:57 freezes[quiet].until: must be after from (2026-12-20T18:00:00Z), but is 2026-12-20T17:00:00Z"],
  ],
  [
    "a freeze that nearly never ends",
    { rest: freeze("2026-12-20T18:00:00Z", "2027-03-23T18:00:00Z") },
    [
      "rollouts.yaml:8:57 freezes[quiet].until: must be at most 92 days after from, but is 93 days after. End the freeze earlier. To keep clusters on a release for longer, name the release in their definitions",
    ],
  ],
  [
    "a time without an offset",
    { rest: freeze("2026-12-20T18:00:00", "2026-12-21T18:00:00Z") },
    [
      'rollouts.yaml:8:26 freezes[quiet].from: must be a time with its offset, such as 2026-12-20T18:00:00+01:00, got "2026-12-20T18:00:00"',
    ],
  ],
  [
    "a freeze that is over, as a warning",
    { rest: freeze("2026-08-10T18:00:00Z", "2026-08-12T18:00:00Z") },
    [
      "rollouts.yaml:8:57 warning: freezes[quiet].until: is over (2026-08-12T18:00:00Z), so the freeze has no effect. Remove it",
    ],
  ],
  [
    "clusters that must not change together and do not exist",
    {
      rest: "never_together:\n  - { name: pair, clusters: [a.example.com, c.example.com] }\n  - { name: none }\n  - { name: label, same_label: pear }\n",
    },
    [
      'rollouts.yaml:8:45 never_together[pair].clusters[1]: no cluster is named "c.example.com". Did you mean "a.example.com"?',
      "rollouts.yaml:9:5 never_together[none]: requires clusters or same_label. Set one of them",
      'rollouts.yaml:10:32 never_together[label].same_label: no cluster has a label "pear". Known: pair',
    ],
  ],
  [
    "a bucket without its region",
    { records: "records: s3://example-rollouts/fleet\n" },
    ["rollouts.yaml:1:10 records: requires records_region. Set it to the region of the bucket"],
  ],
  [
    "an unknown region and a region for a folder",
    { records: "records: .fleet/x\nrecords_region: eu-west-1\n" },
    ["rollouts.yaml:2:17 records_region: has no effect because records is a folder. Remove it"],
  ],
  [
    "a soak that never ends, and a check that has no time",
    { waves: WAVES.replace("24h", "999999h"), checks: CHECKS.replace("5m", "0s") },
    [
      'rollouts.yaml:3:57 waves[first].soak: must be a duration from 0s to 2208h, got "999999h"',
      'rollouts.yaml:6:35 health_checks.nodes.timeout: must be a duration from 1s to 24h, got "0s"',
    ],
  ],
  [
    "a health check that a wave names twice",
    { waves: WAVES.replace("[nodes]", "[nodes, nodes]") },
    ['rollouts.yaml:3:79 waves[first].healthy[1]: is listed twice: "nodes". Remove one of them'],
  ],
  [
    "failures of every cluster of a wave, as a warning",
    { waves: WAVES.replace("soak", "tolerated_failures: 1, soak") },
    [
      "rollouts.yaml:3:71 warning: waves[first].tolerated_failures: lets every cluster of the wave fail (it has 1), so that no failure halts it. Lower it",
    ],
  ],
  [
    "a freeze of no cluster, as a warning",
    {
      rest: freeze("2026-12-20T18:00:00Z", "2026-12-21T18:00:00Z", ", select: { owner: shop, channel: insiders }"),
    },
    [
      "rollouts.yaml:8:5 warning: freezes[quiet]: selects no cluster, so the freeze has no effect. Correct select and except, or remove it",
    ],
  ],
  [
    "an unknown key",
    { rest: "frezes: []\n" },
    ['rollouts.yaml:7:1 frezes: unknown key "frezes". Did you mean "freezes"?'],
  ],
])("refuses %s", (_, parts, expected) => {
  expect(reports(file(parts))).toEqual(expected);
});

test("a wave without a cluster is a warning", () => {
  const lines = problemsOf({
    ...CLUSTERS,
    "rollouts.yaml": file({ waves: WAVES.replace("insiders", "[insiders, stable]") }),
  });

  expect(lines).toContain(
    "rollouts.yaml:4:5 warning: waves[rest]: has no cluster. Remove the wave or correct its selector",
  );
});

test("a health check that no wave lists is a warning", () => {
  const checks = `${CHECKS}  shop: { check: url, timeout: 1m, url: "https://x.example.com/" }\n`;

  expect(problemsOf({ ...CLUSTERS, "rollouts.yaml": file({ checks }) })).toContain(
    "rollouts.yaml:7:9 warning: health_checks.shop: has no effect because no wave lists it in healthy. List it there, or remove it",
  );
});

test("freezes that leave no window before the end of support are an error", () => {
  const year = (name: string, from: string, until: string) =>
    `  - { name: ${name}, from: "${from}", until: "${until}", reason: quiet days }\n`;
  const rest = `freezes:\n${[
    year("one", "2026-09-01T00:00:00Z", "2026-12-01T00:00:00Z"),
    year("two", "2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z"),
  ].join("")}`;
  const windows = 'windows:\n  - { schedule: "0 1 15 1,10 *", time_zone: UTC, duration: 4h }\n';
  const files = {
    ...CLUSTERS,
    "clusters/b.example.com.yaml": cluster(
      "b.example.com",
      { cluster: "upgrade_policy: STANDARD\n", rollout: windows },
      2,
    ),
    "rollouts.yaml": file({ rest }),
  };
  const found = problemsOf(files).filter((line) => line.startsWith("rollouts.yaml"));

  expect(found).toEqual([
    "rollouts.yaml:9:5 freezes[two]: the freezes one, two leave no window before the end of support of b.example.com (2027-03-27). Shorten a freeze, or add a window between them",
  ]);
});
