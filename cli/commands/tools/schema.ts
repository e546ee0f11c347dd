import { defineCommand } from "../../shared/command";

export const schema = defineCommand({
  name: "schema",
  summary: "write the JSON Schemas with which editors complete and check definitions",
  details:
    "They are written to schema/ in the directory of definitions. Run it again after an update of the program, and after you add an account, a tier, a release or a channel.",
  flags: {
    reference: {
      value: "file",
      description:
        "also write the reference of every key to this Markdown file, with the addons and stacks of extensions/",
    },
  },
  examples: [
    ["fleet schema", "write definitions/schema/"],
    ["fleet schema --reference docs/definitions.md", "also write a page with every key"],
  ],
  json: false,
  run: async (input) => (await import("../../actions/tools/schema")).run(input),
});
