import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const cluster = (name: string, range: string): string =>
  definition({ networking: `vpc_cidr: ${range}` }, `${name}.example.com`);

test("a range outside the pools is reported with a free one only if all clusters were read", () => {
  const files = {
    "clusters/a.example.com.yaml": cluster("a", "10.0.0.0/16"),
    "clusters/b.example.com.yaml": cluster("b", "192.168.0.0/16"),
  };
  const outside =
    "clusters/b.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 192.168.0.0/16 is not in the cidr_pools of account production (10.0.0.0/10). Choose a range in them";

  expect(problemsOf(files)).toEqual([`${outside}, such as 10.1.0.0/16, which is free in account production`]);
  expect(problemsOf(files, { select: "b.example.com" })).toEqual([outside]);
});
