import { affectedLines, affectedText, githubMatrix, gitlabMatrix } from "../../../../cli/texts/affected-formats";
import type { AffectedReport } from "../../../../operations/affected/report";
import { runFleet } from "../../../support/run-fleet";

const stack = (name: string, action: "apply" | "destroy", wave: number): AffectedReport["stacks"][number] => ({
  stack: name,
  cluster: "a",
  kind: "networking",
  action,
  reasons: ["because"],
  resources: 3,
  wave,
});

const REPORT: AffectedReport = {
  version: 1,
  base: { ref: "main", commit: "0123456789abcdef", program: "same", has_definitions: true, refused: null },
  errors: [],
  refused: null,
  stacks: [stack("a-networking", "apply", 0), stack("b-networking", "destroy", 0), stack("a-addons", "apply", 1)],
  shards: [
    { index: 0, resources: 6, stacks: ["a-networking", "a-addons"] },
    { index: 1, resources: 3, stacks: ["b-networking"] },
  ],
};

test("prints affected stacks as text", () => {
  expect(affectedText(REPORT, { colours: false, width: 80 }).split("\n")).toEqual([
    "3 stacks are affected, compared with main (01234567)",
    "Destroy stacks that are gone with the code of 01234567.",
    "",
    "wave  action   stack         why",
    "1     apply    a-networking  because",
    "1     destroy  b-networking  because",
    "2     apply    a-addons      because",
  ]);
});

test("says that stacks of refused clusters are not listed", () => {
  const refused = { clusters: ["c.example.com"], messages: ["c.yaml:1:1 error: x"] };

  expect(affectedText({ ...REPORT, refused }, { colours: false, width: 80 })).toContain(
    "\nc.example.com cannot be compared, because of errors in the definitions.\n",
  );
});

test("prints affected stacks for shells and for jobs", () => {
  expect(affectedLines(REPORT)).toBe("apply a-networking\ndestroy b-networking\napply a-addons\n");
  expect(githubMatrix(REPORT)).toEqual({
    include: [
      { shard: 1, apply: "a-networking a-addons", destroy: "", resources: 6 },
      { shard: 2, apply: "", destroy: "b-networking", resources: 3 },
    ],
  });
  expect(gitlabMatrix(REPORT)).toEqual([
    { SHARD: "1", APPLY: "a-networking a-addons", DESTROY: "" },
    { SHARD: "2", APPLY: "", DESTROY: "b-networking" },
  ]);
});

test("fleet affected refuses a number of shards that no matrix can have", async () => {
  expect(await runFleet(["affected", "--shards", "300"])).toEqual({
    code: 1,
    stdout: "",
    stderr: '--shards must be a number from 1 to 256, but is "300"\n',
  });
});
