import { COMMANDS } from "../../../cli/commands/commands";
import { type Completion, completionOf, type Named } from "../../../cli/completion/candidates";
import { defineCommand } from "../../../cli/shared/command";

const NAMES: Readonly<Record<Named, readonly string[]>> = {
  accounts: ["sandbox", "shop"],
  clusters: ["a.example.com", "b.example.com"],
  releases: ["2026.10"],
  tiers: ["development", "production"],
};

const complete = (...words: string[]): Completion => completionOf(COMMANDS, words, (what) => NAMES[what]);

const values = (...words: string[]): readonly string[] | "files" => {
  const completion = complete(...words);
  return completion === "files" ? completion : completion.map(({ value }) => value);
};

test("the first word is a command or a group of commands", () => {
  const words = new Set(COMMANDS.map(({ name }) => name.replace(/ .*/, "")));

  expect(values("")).toEqual([...words, "help"]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ["a group once, however many commands it has", ["ro"], ["rollout"]],
  ["the commands of a group after its name", ["rollout", ""], ["plan", "next", "help"]],
  ["the flags of a group", ["rollout", "--"], ["--help"]],
  ["the flags of a command in a group", ["rollout", "next", "--"], ["--now", "--json", "--help"]],
  ["nothing for a command of a group without the group", ["next", ""], []],
  ["a group after help", ["help", "ro"], ["rollout"]],
  ["the commands of a group after help", ["help", "rollout", ""], ["plan", "next"]],
  ["the commands of a group after its own help", ["rollout", "help", "n"], ["next"]],
])("%s", (_, words, expected) => {
  const command = (name: string) =>
    defineCommand({
      name,
      summary: name,
      flags: { now: { value: "time", description: "the time" } },
      examples: [],
      run: async () => 0,
    });
  const completion = completionOf([command("rollout plan"), command("rollout next"), command("list")], words, () => []);

  expect(completion === "files" ? completion : completion.map(({ value }) => value)).toEqual(expected);
});

test.each<[string, readonly string[], readonly string[] | "files"]>([
  ["a command by its beginning, with its summary in the description", ["li"], ["list"]],
  ["the flags of fleet itself", ["--"], ["--help", "--version"]],
  ["a command after help", ["help", "li"], ["list"]],
  ["nothing after a command that does not exist", ["lits", ""], []],
  ["clusters", ["list", ""], ["a.example.com", "b.example.com"]],
  ["another cluster", ["list", "a.example.com", "b"], ["b.example.com"]],
  ["no second cluster where a command accepts one", ["show", "a.example.com", ""], []],
  ["no name of a new cluster", ["new", ""], []],
  ["choices of an argument", ["completion", ""], ["bash", "zsh", "fish"]],
  ["files where an argument is a file", ["guard", ""], "files"],
  ["files where a flag's value is a file", ["graph", "--out", ""], "files"],
  ["flags by their beginning", ["list", "--re"], ["--region", "--release"]],
  ["no flag twice", ["list", "--region", "eu-west-1", "--re"], ["--release"]],
  ["a flag twice that can be repeated", ["list", "--where", "x=1", "--whe"], ["--where"]],
  ["--json where the answer can be JSON", ["size", "--j"], ["--json"]],
  ["no --json where it cannot", ["completion", "--j"], []],
  ["choices of a flag", ["diff", "--format", "m"], ["markdown"]],
  ["choices of a flag that is written with =", ["diff", "--format=m"], ["--format=markdown"]],
  ["choices of a flag that Bash splits at =", ["diff", "--format", "=", "m"], ["markdown"]],
  ["choices of a flag that Bash splits behind =", ["diff", "--format", "="], ["text", "markdown", "json"]],
  ["names of tiers", ["list", "--tier", "p"], ["production"]],
  ["names of accounts", ["new", "x.example.com", "--account", "s"], ["sandbox", "shop"]],
  ["names of releases", ["versions", ""], ["2026.10"]],
  ["nothing for free text", ["list", "--owner", ""], []],
  ["clusters after the value of a flag", ["list", "--owner", "x", "a"], ["a.example.com"]],
  ["clusters after a switch", ["diff", "--no-cache", "a"], ["a.example.com"]],
  ["no flags after --", ["list", "--", "--"], []],
])("completes %s", (_, words, expected) => {
  expect(values(...words)).toEqual(expected);
});

test("a candidate is described as in the help", () => {
  expect(complete("graph", "--sv")).toEqual([]);
  expect(complete("capacity", "--sv")).toEqual([{ value: "--svg", description: "draw the subnets as bars in SVG" }]);
});
