import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const cluster = (name: string, options: string, domain = "eks.example.com"): readonly [string, string] => {
  const range = `vpc_cidr: 10.${name.charCodeAt(0) - 90}.0.0/16`;
  const sections = {
    networking: range,
    cluster: `k8s_base_domain: ${domain}`,
    addons: `external_dns: { enabled: true, options: { ${options} } }`,
  };
  return [`clusters/${name}.example.com.yaml`, definition(sections, `${name}.example.com`)];
};
const reports = (...clusters: (readonly [string, string])[]): string[] =>
  problemsOf(Object.fromEntries(clusters)).map((problem) => problem.replace(/:\d+:\d+/, ""));
const SHARED = "policy: sync, txt_owner_id: shared";
const REPORT = `clusters/b.example.com.yaml tfvars.addons.external_dns.options.txt_owner_id: a.example.com writes records of eks.example.com in the same zone with the owner "shared" too, so each would delete the other's records. Set another txt_owner_id, or external_dns's policy: upsert-only for both`;

test("refuses one owner of the records of two clusters", () => {
  expect(reports(cluster("a", SHARED), cluster("b", SHARED))).toEqual([REPORT]);
});

test("refuses the name of another cluster as the owner", () => {
  expect(reports(cluster("a", "policy: sync"), cluster("b", "txt_owner_id: a-example-com"))).toEqual([
    REPORT.replace("shared", "a-example-com"),
  ]);
});

test("accepts an owner for each cluster", () => {
  expect(reports(cluster("a", "policy: sync"), cluster("b", "policy: sync"))).toEqual([]);
});

test("accepts one owner of domains that have no names in common", () => {
  expect(reports(cluster("a", SHARED, "a.eks.example.com"), cluster("b", SHARED, "ba.eks.example.com"))).toEqual([]);
});

test("refuses one owner of a domain and a domain below it", () => {
  expect(reports(cluster("a", SHARED), cluster("b", SHARED, "b.eks.example.com"))).toEqual([REPORT]);
  expect(reports(cluster("a", SHARED, "b.eks.example.com"), cluster("b", SHARED))).toEqual([
    REPORT.replace("of eks", "of b.eks"),
  ]);
});

test("accepts one owner if neither cluster deletes records, and refuses it if one does", () => {
  const kept = SHARED.replace("sync", "upsert-only");

  expect(reports(cluster("a", kept), cluster("b", kept))).toEqual([]);
  expect(reports(cluster("a", SHARED), cluster("b", kept))).toEqual([REPORT]);
});

test("refuses one owner of a further zone", () => {
  const zone = (id: string): string => `${SHARED}, further_zones: [{ domain: example.org, zone_id: ${id} }]`;
  const [a, b] = [
    cluster("a", zone("Z0123456789ABC"), "a.eks.example.com"),
    (id: string) => cluster("b", zone(id), "b.eks.example.com"),
  ];

  expect(reports(a, b("Z0123456789ABC"))).toEqual([REPORT.replace("of eks.example.com", "of example.org")]);
  expect(reports(a, b("Z0123456789ABD"))).toEqual([]);
});
