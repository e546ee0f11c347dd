import { valueAt } from "../../../language/plain-map";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

/** True for each field of KubeletConfiguration that makes the kubelet accept requests without authentication. */
const OPEN_FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  "authentication.anonymous.enabled": (value) => value === true,
  "authorization.mode": (value) => value === "AlwaysAllow",
  readOnlyPort: (value) => typeof value === "number" && value > 0,
};

const openKubelet: WorkerRule = ({ kubelet }) =>
  Object.entries(OPEN_FIELDS).flatMap(([field, isOpen]) => {
    const path = field.split(".");
    const value = valueAt(kubelet.extra, ...path);
    if (!isOpen(value)) return [];
    const message =
      "opens the kubelet to everybody who reaches the node: its containers, their logs and commands. Remove it";
    return [{ path: ["kubelet", "extra", ...path], message }];
  });

export const checkOpenKubelet = eachWorker([openKubelet]);
