import { fleetOf, problemsOf, SMALLEST } from "../../support/definitions";

const CLUSTER = "clusters/a.example.com.yaml";

test("a cluster without a file adopts nothing", () => {
  expect(fleetOf({ [CLUSTER]: SMALLEST }).clusters[0]).not.toHaveProperty("adopted");
});

test("a cluster adopts what the file of its name lists", () => {
  const adopted = "networking:\n  aws_vpc.network_39EEAA36: { id: vpc-1, keep: [cidr_block] }\n";

  expect(fleetOf({ [CLUSTER]: SMALLEST, "adopted/a.example.com.yaml": adopted }).clusters[0]?.adopted).toEqual({
    networking: { "aws_vpc.network_39EEAA36": { id: "vpc-1", keep: ["cidr_block"] } },
  });
});

test.each<[string, string, string, string]>([
  [
    "an address that is none",
    "a.example.com",
    "networking: { vpc: { id: vpc-1 } }\n",
    'adopted/a.example.com.yaml:1:15 networking.vpc: must be the address of a resource, such as aws_vpc.network_39EEAA36, got "vpc"',
  ],
  [
    "a stack that does not exist",
    "a.example.com",
    "network: {}\n",
    'adopted/a.example.com.yaml:1:1 network: unknown key "network". Did you mean "networking"?',
  ],
  [
    "a cluster that does not exist",
    "b.example.com",
    "networking: {}\n",
    'adopted/b.example.com.yaml:1:1 no cluster is named "b.example.com". Did you mean "a.example.com"?',
  ],
])("refuses %s", (_, name, text, problem) => {
  expect(problemsOf({ [CLUSTER]: SMALLEST, [`adopted/${name}.yaml`]: text })).toEqual([problem]);
});
