import { account, definition, problemsIn, type Sections } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const ZONES = "hosted_zones: { example.com: Z0444444EXAMPLE, example.org: Z0555555EXAMPLE }";
const MISSING =
  "tfvars.cluster.k8s_base_domain: must be set, because external_dns writes DNS records. Set a domain in a hosted zone of account";

/** Returns what is reported of a cluster whose account enables external_dns. */
const problemsBelowAccount = (sections: Sections): string[] =>
  problemsOf({
    "accounts/four.yaml": account({ own: ZONES, tfvars: "addons: { external_dns_enabled: true }" }),
    [FILE]: definition({ meta: "ACCOUNT: four", ...sections }),
  });

test("reports a missing domain at the switch of the addon that writes DNS records", () => {
  expect(problemsIn({ cluster: "zonal_shift: true", addons: "external_dns_enabled: true" })).toEqual([
    `11:27 ${MISSING} production: eks.example.com`,
  ]);
});

test("names every addon that requires the missing domain", () => {
  const [problem] = problemsIn({ addons: "external_dns_enabled: true\ncert_manager_enabled: true" });

  expect(problem).toMatch(/^10:27 .* must be set, because cert_manager, external_dns write DNS records\./);
});

test("reports a missing domain at the nearest map of the cluster's file if a layer has the switch", () => {
  const message = `${MISSING} four: example.com, example.org`;

  expect(problemsBelowAccount({ cluster: "zonal_shift: true" })).toEqual([`${FILE}:10:5 ${message}`]);
  expect(problemsBelowAccount({})).toEqual([`${FILE}:5:3 ${message}`]);
});

test("reports a domain outside of the account's zones at the domain", () => {
  expect(problemsBelowAccount({ cluster: "k8s_base_domain: a.example.net" })).toEqual([
    `${FILE}:10:22 tfvars.cluster.k8s_base_domain: a.example.net is in no hosted zone of account four. Its zones: example.com, example.org`,
  ]);
});

test("accepts a domain in any of the account's zones", () => {
  expect(problemsBelowAccount({ cluster: "k8s_base_domain: a.example.org" })).toEqual([]);
});

test("requires no domain without an addon that writes DNS records", () => {
  expect(problemsIn({ addons: "external_dns_enabled: false" })).toEqual([]);
});
