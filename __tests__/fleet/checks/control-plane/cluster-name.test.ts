import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const messagesOf = (name: string): string[] =>
  problemsOf({ [`clusters/${name}.yaml`]: definition({}, name) }).map((problem) => problem.replace(/^\S+ /, ""));

test("refuses a name that begins like the id of a security group", () => {
  expect(messagesOf("sg-a.example.com")).toEqual([
    "meta.CLUSTER_NAME: must not start with sg-. AWS reserves such names for the ids of security groups",
  ]);
});

test("refuses a name of more characters than EKS accepts", () => {
  expect(messagesOf(`${"a".repeat(60)}.${"b".repeat(39)}`)).toEqual([]);
  expect(messagesOf(`${"a".repeat(60)}.${"b".repeat(40)}`)).toEqual([
    "meta.CLUSTER_NAME: must have at most 100 characters, the limit of EKS, but has 101. Shorten it",
  ]);
});
