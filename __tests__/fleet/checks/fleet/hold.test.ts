import { definition, messagesIn, withoutPlaces } from "../../../support/definition";
import { fleetOf, problemsOf } from "../../../support/definitions";

const HOLD = (model: string, keys: string): string =>
  `RELEASE_MODEL: "${model}"\nHOLD: { reason: "The importer needs Kubernetes 1.35", by: jane@example.com, ${keys} }`;
const held = (model: string, keys: string, version = "1.35") =>
  messagesIn({ meta: HOLD(model, keys), cluster: `kubernetes_version: "${version}"` }, { today: "2026-08-17" });

test("a held cluster stays on its release although its channel names another", () => {
  const { clusters } = fleetOf({
    "channels.yaml": 'stable: "2026.11"\n',
    "clusters/a.example.com.yaml": definition({ meta: HOLD("stable", 'release: "2026.10", until: 2026-10-31') }),
    "clusters/b.example.com.yaml": definition(
      { meta: "RELEASE_MODEL: stable", networking: "vpc_cidr: 10.9.0.0/16" },
      "b.example.com",
    ),
  });

  expect(clusters.map(({ release }) => release.name)).toEqual(["2026.10", "2026.11"]);
});

test.each([
  [
    "a channel without the release that is kept",
    "stable",
    "until: 2026-10-31",
    [
      "meta.HOLD.release: is required, because RELEASE_MODEL is the channel stable. Set the release that the cluster keeps",
    ],
  ],
  [
    "another release than the one that the cluster names",
    "2026.11",
    'release: "2026.10", until: 2026-10-31',
    [
      "meta.HOLD.release: is 2026.10, but RELEASE_MODEL is release 2026.11. Remove HOLD.release, or set RELEASE_MODEL to a channel",
    ],
  ],
  [
    "a release that does not exist",
    "stable",
    'release: "2026.13", until: 2026-10-31',
    ['meta.HOLD.release: unknown release "2026.13". Did you mean "2026.10"?'],
  ],
  [
    "an end after the support of the cluster's Kubernetes version",
    "stable",
    'release: "2026.10", until: 2028-03-28',
    [
      "meta.HOLD.until: must not be after 2028-03-27, when extended support of Kubernetes 1.35 ends, but is 2028-03-28. Choose an earlier day, and upgrade Kubernetes by then",
    ],
  ],
  [
    "a day that is over, with a warning",
    "2026.11",
    "until: 2026-08-16",
    [
      "warning: meta.HOLD.until: is over (2026-08-16), but the cluster is still held. Remove HOLD, so that it follows 2026.11 again, or agree on a later day",
    ],
  ],
  ["no day", "2026.11", "until: someday", ['meta.HOLD.until: must be a date, such as 2026-12-31, got "someday"']],
])("reports a hold with %s", (_, model, keys, reports) => {
  expect(held(model, keys)).toEqual(reports);
});

test.each([
  ["on the last day of support", "stable", 'release: "2026.10", until: 2028-03-27'],
  ["of a release that the cluster names itself", "2026.10", "until: 2026-10-31"],
  ["on its last day", "2026.10", "until: 2026-08-17"],
])("accepts a hold %s", (_, model, keys) => {
  expect(held(model, keys)).toEqual([]);
});

test("requires a reason and a person", () => {
  const meta = 'RELEASE_MODEL: "2026.10"\nHOLD: { until: 2026-10-31, reason: why }';
  const problems = problemsOf({ "clusters/a.example.com.yaml": definition({ meta }) });

  expect(withoutPlaces(problems).map((problem) => problem.split(":")[0])).toEqual(["meta.HOLD.by", "meta.HOLD.reason"]);
});
