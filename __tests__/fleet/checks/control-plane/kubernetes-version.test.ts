import { definition, messagesIn } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const VERSION = "tfvars.cluster.kubernetes_version";
const version = (text: string, more = ""): string => `kubernetes_version: "${text}"\n${more}`;
const warned = (cluster: string, today: string): string[] =>
  messagesIn({ cluster }, { today }).map((text) => text.replace(`warning: ${VERSION}: `, ""));

test("refuses a version that the release does not support", () => {
  expect(messagesIn({ cluster: version("1.40") })).toEqual([
    `${VERSION}: release 2026.10 does not support Kubernetes 1.40. Set one of 1.33, 1.34, 1.35`,
  ]);
});

test("refuses a text that is not a minor version", () => {
  expect(messagesIn({ cluster: version("v1.35") })).toEqual([
    `${VERSION}: must be a Kubernetes minor version in quotes, such as "1.35", got "v1.35"`,
  ]);
});

test("warns from 90 days before the end of standard support until its last day", () => {
  const ends = "standard support of Kubernetes 1.34 ends on 2026-12-02";

  expect(warned(version("1.34"), "2026-09-02")).toEqual([]);
  expect(warned(version("1.34"), "2026-09-03")).toEqual([`${ends}, in 90 days. Upgrade to a later minor version`]);
  expect(warned(version("1.34"), "2026-12-01")).toEqual([`${ends}, in 1 day. Upgrade to a later minor version`]);
  expect(warned(version("1.34"), "2026-12-02")).toEqual([`${ends}, today. Upgrade to a later minor version`]);
});

test("warns of what follows the end of standard support, by the upgrade policy", () => {
  const ended = "standard support of Kubernetes 1.34 ended on 2026-12-02";

  expect(warned(version("1.34"), "2026-12-03")).toEqual([
    `${ended}, and the cluster costs a surcharge until 2027-12-02. Upgrade to a later minor version`,
  ]);
  expect(warned(version("1.34", "upgrade_policy: STANDARD"), "2026-12-03")).toEqual([
    `${ended}, and AWS upgrades the cluster (upgrade_policy: STANDARD). Upgrade to a later minor version`,
  ]);
});

test("warns once of a release's version, with the clusters that use it", () => {
  const files = {
    "clusters/a.example.com.yaml": definition(),
    "clusters/b.example.com.yaml": definition({ networking: "vpc_cidr: 10.1.0.0/16" }, "b.example.com"),
  };

  expect(problemsOf(files, { today: "2030-01-01" })).toEqual([
    `definitions/releases/2026.10.yaml:5:25 warning: ${VERSION}: support of Kubernetes 1.35 ended on 2028-03-27, and AWS upgrades the control plane at any time. Upgrade to a later minor version (for clusters a.example.com, b.example.com)`,
  ]);
});
