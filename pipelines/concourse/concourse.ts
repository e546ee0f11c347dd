import type { Renderer } from "../model/renderer";
import { FOLDER } from "./names";
import { concourseNotices } from "./notices";
import { readConcourse } from "./read";
import { renderConcourse } from "./render";

/** Concourse. */
export const concourse: Renderer = {
  system: "concourse",
  places: [FOLDER],
  render: renderConcourse,
  notices: concourseNotices,
  read: readConcourse,
};
