import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mergedProtection } from "../../../operations/destroy/merged";
import { TODAY } from "../../support/definitions";
import { GitRepository } from "../../support/git-repository";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const PROTECTED = "production.eks.example.com";
const FILE = `clusters/platform/${PROTECTED}.yaml`;
const repository = new GitRepository();
const cache = scratch();
const workspace = { program: ".", directory: repository.path, shipped: "definitions", cache: cache.path };

beforeAll(() => {
  cpSync(SAMPLE_FLEET, repository.path, { recursive: true });
  repository.commit();
});
afterAll(() => {
  repository.remove();
  cache.remove();
});

test("an edit that was not merged does not turn off protection", () => {
  const text = readFileSync(join(SAMPLE_FLEET, FILE), "utf8");
  repository.write({ [FILE]: text.replace("  cluster:\n", "  cluster:\n    deletion_protection: false\n") });
  expect(mergedProtection(workspace, PROTECTED, TODAY)).toEqual({ isProtected: true });

  repository.commit();
  expect(mergedProtection(workspace, PROTECTED, TODAY)).toEqual({ isProtected: false });
});

test("a cluster that is not in the main branch is not protected", () => {
  expect(mergedProtection(workspace, "new.dev.example.com", TODAY)).toEqual({ isProtected: false });
});

test("reports that it cannot be checked without a repository", () => {
  expect(mergedProtection({ ...workspace, directory: "/tmp" }, PROTECTED, TODAY)).toEqual({
    unknown: expect.stringContaining("is not in a git repository"),
  });
});
