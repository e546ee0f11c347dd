import { refreshed } from "../../../offline/refresh/provider-facts";

const BEFORE = {
  name: "RF",
  size: ["OF", 8],
  secret: "O",
  gone: "OC",
  rule: "O",
  "rule.port": "RD",
  "identity.issuer": "C",
  identity: "C",
} as const;
const SCHEMA = {
  attributes: {
    name: { optional: true, computed: true },
    size: { optional: true },
    secret: { optional: true, sensitive: true },
    identity: { computed: true },
    id: { computed: true },
    fresh: { optional: true },
  },
  block_types: {
    rule: { block: { attributes: { port: { optional: true } } } },
    timeouts: { block: { attributes: { create: { optional: true } } } },
  },
};

test("reads the flags of the schema, and keeps replacements, defaults and suppressed differences", () => {
  expect(refreshed(BEFORE, SCHEMA).facts).toEqual({
    fresh: "O",
    identity: "C",
    "identity.issuer": "C",
    name: "OCF",
    rule: "O",
    "rule.port": "OD",
    secret: "OS",
    size: ["OF", 8],
  });
});

test("names the attributes of which the schema does not say whether a change replaces the object", () => {
  expect(refreshed(BEFORE, SCHEMA)).toMatchObject({ added: ["fresh"], removed: ["gone"] });
});
