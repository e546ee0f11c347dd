import { problemsOf, SMALLEST } from "../../support/definitions";

const PLACE = "clusters/a.example.com.yaml:8:37 tfvars.networking.availability_zones";

const told = (zones: string): string[] =>
  problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}  networking: { availability_zones: ${zones} }\n` });

describe("a value of two possible types is checked against the type that was written", () => {
  test("if a number is in quotes", () => {
    expect(told('"3"')).toEqual([
      `${PLACE}: must be a number, got "3", which YAML reads as text. Write 3 without quotes`,
    ]);
  });

  test("if it is a list", () => {
    expect(told("[]")).toEqual([`${PLACE}: must have at least 2 items, got none`]);
    expect(told("[us-east-1a]")).toEqual([`${PLACE}: must have at least 2 items, got 1 item`]);
    expect(told("[us-east-1a, 2]")).toEqual([
      `${PLACE.replace("37", "50")}[1]: must be text, got 2, which YAML reads as a number. Write "2" in quotes`,
    ]);
  });

  test("and both types are named if it has neither", () => {
    expect(told("{ a: b }")).toEqual([`${PLACE}: must be a number, or must be a list, got a map`]);
    expect(told("true")).toEqual([`${PLACE}: must be a number, or must be a list, got true`]);
  });
});
