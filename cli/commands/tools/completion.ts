import { defineCommand } from "../../shared/command";

export const completion = defineCommand({
  name: "completion",
  summary: "print a script that completes commands, flags and clusters in a shell",
  details: `Add the line of your shell to its startup file, with the path of your clone. Where the PATH has no fleet, the script
also defines the command fleet, which runs that clone from any directory. Names of clusters come from the names of the
files in DEFINITIONS_DIR, or else in definitions.

  bash  ~/.bashrc                   eval "$(/path/to/clone/cli/fleet.mjs completion bash)"
  zsh   ~/.zshrc                    eval "$(/path/to/clone/cli/fleet.mjs completion zsh)"
  fish  ~/.config/fish/config.fish  /path/to/clone/cli/fleet.mjs completion fish | source`,
  positionals: [{ name: "<shell>", description: "the shell", choices: ["bash", "zsh", "fish"] }],
  flags: {},
  json: false,
  examples: [['eval "$(npx fleet completion bash)"', "complete in this shell"]],
  run: async (input) => (await import("../../actions/tools/completion")).run(input),
});
