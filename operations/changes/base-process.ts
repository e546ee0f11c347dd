import { type BaseRequest, loadBase, textsOfBase } from "./load-base";

/** A process that loads a base's definitions, while its sender loads those of the working tree. It ends when the sender lets go. */
process.once("message", ({ base, names, today }: BaseRequest) => {
  process.send?.(textsOfBase(loadBase(base, names, today)), () => process.disconnect());
});

process.on("disconnect", () => process.exit());

// Ctrl-C is sent to every process of the terminal, and the sender ends this one.
process.on("SIGINT", () => {});
