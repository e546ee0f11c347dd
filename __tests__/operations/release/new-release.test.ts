import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { digestOf } from "../../../fleet/read/release-digest";
import { cutText } from "../../../operations/release/new-release";
import { definition } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

const text = readFileSync("definitions/releases/2026.12.yaml", "utf8");
const program = { version: "0.2.0", commit: "a".repeat(40) };
const cut = cutText({ name: "2027.01", from: "2026.12", text, program, today: "2026-12-20" });

test("a release is cut with the same versions and comments, the program, and a digest that fits", () => {
  const { digest, ...content } = parse(cut) as Record<string, unknown>;

  expect(content).toEqual({ ...(parse(text) as object), program });
  expect(digest).toBe(digestOf(cut));
  expect(cut.split("\n").slice(0, 2)).toEqual([
    "# yaml-language-server: $schema=../schema/release.schema.json",
    "# Release 2027.01, cut from 2026.12 on 2026-12-20 with program 0.2.0. It must not change: see docs/releases/cut-a-release.md.",
  ]);
  expect(cut).toContain("    ami_release_version: 1.35.8-20260930 # in use, 2026-10\n");
});

test("a release that is cut from a cut one has a new program and digest, and none of its reasons", () => {
  const from = cut.replace("platforms:", 'no_way_back: "stored versions change"\nplatforms:');
  const again = cutText({
    name: "2027.02",
    from: "2027.01",
    text: from,
    program: { version: "0.3.0" },
    today: "2027-01-20",
  });

  expect(parse(again)).toEqual({ ...(parse(text) as object), program: { version: "0.3.0" }, digest: digestOf(again) });
});

test("a cut release has the reasons against skipping it and going back", () => {
  const noWayBack = 'stored "versions" change';
  const reasons = { cannotSkip: "it moves the state of addons", noWayBack };
  const again = cutText({ name: "2027.01", from: "2026.12", text, program, today: "2026-12-20", ...reasons });

  expect(parse(again)).toMatchObject({ cannot_skip: "it moves the state of addons", no_way_back: noWayBack });
});

test("a release that was cut is valid", () => {
  const files = { "releases/2027.01.yaml": cut, "clusters/a.example.com.yaml": definition() };

  expect(problemsOf(files)).toEqual([]);
});

test("refuses a release whose own keys are not on lines of their own", () => {
  const flow = JSON.stringify(parse(cut));

  expect(() => cutText({ name: "x", from: "y", text: flow, program, today: "2026-12-20" })).toThrow(
    "Write each of these keys on one line of its own",
  );
});
