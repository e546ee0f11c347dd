import { z } from "zod";
import { definition } from "../../../fleet/schema/definition";
import { partsOfSchema } from "../../support/schema-walk";

const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** Lists of named items, by their paths, with the schema of the name. Options of addons become values of charts, never constructs. */
const lists = partsOfSchema(definition).flatMap(({ path, schema }) => {
  const name = schema instanceof z.ZodObject ? (schema.shape["name"] as z.ZodType | undefined) : undefined;
  return !path.endsWith("[]") || path.includes(".options.") || name === undefined ? [] : { path, name };
});

test("finds the lists of a definition whose items have names", () => {
  expect(lists.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      "tfvars.workers[]",
      "tfvars.cluster.security_groups.nodes.rules[]",
      "tfvars.cluster.extra_eks_addons[]",
      "tfvars.networking.client_vpn_associations[]",
    ]),
  );
});

test.each(lists)("$path refuses names that every JavaScript object has", ({ name }) => {
  expect(INHERITED.filter((each) => name.safeParse(each).success)).toEqual([]);
});
