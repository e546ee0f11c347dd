import { definition } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

test.each([
  ["interface_endpoints: [{ toString: 1 }]", "tfvars.networking.interface_endpoints[0]"],
  ["flow_logs: { log_format: [{}] }", "tfvars.networking.flow_logs.log_format[0]"],
])("a map in place of one of many words, %s, is an error with its place", (networking, path) => {
  const found = problemsOf({ "clusters/a.example.com.yaml": definition({ networking }) });
  expect(found).toEqual([expect.stringMatching(/^clusters\/a\.example\.com\.yaml:9:\d+ /)]);
  expect(found[0]).toContain(`${path}: must be`);
});
