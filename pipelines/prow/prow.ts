import type { Renderer } from "../model/renderer";
import { prowNotices } from "./notices";
import { readProw } from "./read";
import { renderProw } from "./render";

/** Prow. */
export const prow: Renderer = {
  system: "prow",
  places: ["prow"],
  render: renderProw,
  notices: prowNotices,
  read: readProw,
};
